import { type Problem, problem } from "../rules/problem";
import { isUnknown, kindOf } from "../rules/received";

/** What JSON can't express in a value whose structure is up to the user. Outputs and promises may be anywhere in it. */
export function jsonProblems(path: string, value: unknown): Problem[] {
  if (value === null || isUnknown(value) || typeof value === "string" || typeof value === "boolean") return [];
  if (Number.isFinite(value)) return [];
  // Unlike `flatMap`, this has holes too.
  if (Array.isArray(value)) {
    return Array.from(value as unknown[], (entry, index) => jsonProblems(`${path}[${index}]`, entry)).flat();
  }
  if (kindOf(value) === "an object") {
    return Object.entries(value as object).flatMap(([name, member]) =>
      member === undefined ? [] : jsonProblems(`${path}.${name}`, member),
    );
  }
  return [
    problem({
      path,
      rule: "must be a value of JSON",
      received: value,
      hidden: true,
      remedy:
        kindOf(value) === "a resource"
          ? "Use one of its outputs."
          : "Use text, a finite number, true, false, null, a list or an object.",
    }),
  ];
}
