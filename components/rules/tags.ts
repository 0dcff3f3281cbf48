import { type Check, type Problem, problem, when } from "./problem";

/** @see https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html */
const MOST_TAGS = 50;
const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;

/** Values may come out of other resources; keys are known, unless the whole object isn't. Those of the pipeline come on top. */
export function badTags(path: string, tags: object | undefined, ofPipeline: object = {}): Problem[] {
  if (tags === undefined || isUnknown(tags)) return [];
  const keys = Object.keys(tags);
  const all = new Set([...keys, ...(isUnknown(ofPipeline) ? [] : Object.keys(ofPipeline))]);
  const values = Object.values(tags).filter((value): value is string => typeof value === "string");
  return [
    ...when(all.size > MOST_TAGS, () =>
      problem(
        path,
        `must ${all.size > keys.length ? "together with tags " : ""}have at most ${MOST_TAGS} tags, which is what AWS allows`,
        all.size,
        "Remove some of them.",
      ),
    ),
    ...keys.flatMap((key) =>
      when(key.length < 1 || key.length > 128 || /^aws:/i.test(key), () =>
        problem(path, "must have keys of 1 to 128 characters that don't begin with aws:", key, "Rename the tag."),
      ),
    ),
    ...values.flatMap((value) =>
      when(value.length > 256, () =>
        problem(path, "must have values of at most 256 characters", value.length, "Shorten the value."),
      ),
    ),
    ...[...keys, ...values].flatMap((text) =>
      when(!CHARACTERS.test(text), () =>
        problem(path, "must have keys and values of letters, digits, spaces and _.:/=+-@", text, "Leave others out."),
      ),
    ),
  ];
}

function isUnknown(tags: object): boolean {
  return "apply" in tags || "then" in tags;
}

export const checkTags: Check = ({ args: { tags } }) => badTags("tags", tags);
