import { type Problem, when } from "../rules/problem";
import { SCRATCH } from "./containerContext";

/** @param others The mounts before this one. */
export function badMountPath(path: string, value: string, others: { path: string }[]): Problem[] {
  const valid = /^\/./.test(value) && value !== SCRATCH && !value.includes(":");
  return [
    ...when(!valid, {
      path,
      rule: `must be an absolute path without a colon, other than / and ${SCRATCH}`,
      received: value,
      remedy: "Use a path such as /assets.",
    }),
    ...when(
      others.some((other) => other.path === value),
      { path, rule: "must differ from the paths of earlier mounts", received: value, remedy: "Choose another path." },
    ),
  ];
}
