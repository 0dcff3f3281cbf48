import { type Problem, problem, when } from "../rules/problem";
import { SCRATCH } from "./containerContext";

/** @param others The mounts before this one. */
export function badMountPath(path: string, value: unknown, others: { path: string }[]): Problem[] {
  const valid = typeof value === "string" && /^\/./.test(value) && value !== SCRATCH && !value.includes(":");
  return [
    ...when(!valid, () =>
      problem(
        path,
        `must be an absolute path without a colon, and neither / nor ${SCRATCH}`,
        value,
        "Take for example /assets.",
      ),
    ),
    ...when(
      others.some((other) => other.path === value),
      () => problem(path, "must differ from the mounts before it", value, "Choose another path."),
    ),
  ];
}
