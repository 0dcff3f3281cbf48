import { type Problem, problem } from "../rules/problem";
import type { FixedName } from "./fixedNames";

/** Replacements whose name the old resource still has: AWS would refuse them, at this and every later deployment. */
export function checkFixedNames(before: FixedName[], now: FixedName[]): Problem[] {
  return now.flatMap((fixedName) => {
    const { path, value } = fixedName;
    const old = before.find((other) => kindOf(other) === kindOf(fixedName) && other.value === value);
    const changed = old === undefined ? [] : differences(old.identity, fixedName.identity);
    return changed.length === 0
      ? []
      : [
          problem({
            path,
            rule: `must change together with ${changed.join(" and ")}`,
            received: value,
            remedy:
              "The replacement is created before the old resource is deleted, and AWS doesn't allow two with one name: choose another name, or omit it to get a generated one.",
          }),
        ];
  });
}

function kindOf({ path }: FixedName): string | undefined {
  return path.split(".").at(-1);
}

/** Values that aren't known yet are taken for the same. */
function differences(before: FixedName["identity"], now: FixedName["identity"]): string[] {
  const comparable = (value: unknown): boolean => typeof value === "string" || typeof value === "boolean";
  return Object.keys(now).filter((key) => comparable(before[key]) && comparable(now[key]) && before[key] !== now[key]);
}
