import { type Problem, when } from "./problem";
import { isUnknown } from "./received";

/** @see https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html */
const MOST_TAGS = 50;
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;

/** Values may come out of other resources, and so may the whole object. The pipeline's own tags count against the limit too. */
export function badTags(path: string, tags: object | undefined, pipelineTags: object = {}): Problem[] {
  if (tags === undefined || isUnknown(tags)) return [];
  const keys = Object.keys(tags);
  const all = new Set([...keys, ...(isUnknown(pipelineTags) ? [] : Object.keys(pipelineTags))]);
  const values = Object.values(tags).filter((value): value is string => typeof value === "string");
  return [
    ...when(all.size > MOST_TAGS, {
      path,
      rule: `must ${all.size > keys.length ? "together with tags " : ""}have at most ${MOST_TAGS} tags, which is AWS's limit`,
      received: all.size,
      remedy: "Remove some of them.",
    }),
    ...keys.flatMap((key) =>
      when(key.length < 1 || key.length > 128 || /^aws:/i.test(key), {
        path,
        rule: "must have keys of 1 to 128 characters that don't begin with aws:",
        received: key,
        remedy: "Rename the tag.",
      }),
    ),
    ...values.flatMap((value) =>
      when(value.length > 256, {
        path,
        rule: "must have values of at most 256 characters",
        received: value.length,
        remedy: "Shorten the value.",
      }),
    ),
    ...[...keys, ...values].flatMap((text) =>
      when(!CHARACTERS.test(text), {
        path,
        rule: "must have keys and values of letters, digits, spaces and _.:/=+-@",
        received: text,
        remedy: "Remove other characters.",
      }),
    ),
  ];
}
