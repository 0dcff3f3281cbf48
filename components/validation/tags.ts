import { type Check, type Problem, problem, when } from "./problem";

/** @see https://docs.aws.amazon.com/batch/latest/userguide/using-tags.html */
const MOST_TAGS = 50;

/** Values may come out of other resources; keys are known, unless the whole object isn't. */
export function badTags(path: string, tags: object | undefined): Problem[] {
  if (tags === undefined || "apply" in tags || "then" in tags) return [];
  const keys = Object.keys(tags);
  return [
    ...when(keys.length > MOST_TAGS, () =>
      problem(
        path,
        `must have at most ${MOST_TAGS} tags, which is what AWS allows`,
        keys.length,
        "Remove some of them.",
      ),
    ),
    ...keys.flatMap((key) =>
      when(key.length < 1 || key.length > 128 || /^aws:/i.test(key), () =>
        problem(path, "must have keys of 1 to 128 characters that don't begin with aws:", key, "Rename the tag."),
      ),
    ),
  ];
}

export const checkTags: Check = ({ args: { tags } }) => badTags("tags", tags);
