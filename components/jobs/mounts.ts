import { SCRATCH } from "./containerContext";
import { type Problem, problem, when } from "../rules/problem";

/** Where in the container something is mounted, besides what is mounted already. */
export function badMountPath(path: string, value: unknown, others: { path: string }[]): Problem[] {
  const sound = typeof value === "string" && /^\/./.test(value) && value !== SCRATCH && !value.includes(":");
  return [
    ...when(!sound, () =>
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
