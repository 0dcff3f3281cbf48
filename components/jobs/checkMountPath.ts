import { type Problem, when } from "../rules/problem";
import { SCRATCH } from "./containerContext";

/** @param others The mounts before this one. */
export function badMountPath(path: string, value: string, others: { path: string }[]): Problem[] {
  const valid = /^\/./.test(value) && value !== SCRATCH && !value.includes(":");
  return [
    ...when(!valid, {
      path,
      rule: `must be an absolute path without a colon, and neither / nor ${SCRATCH}`,
      received: value,
      remedy: "Take for example /assets.",
    }),
    ...when(
      others.some((other) => other.path === value),
      { path, rule: "must differ from the mounts before it", received: value, remedy: "Choose another path." },
    ),
  ];
}
