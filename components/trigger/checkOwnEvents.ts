import { matchesPattern } from "../eventPattern/matchesPattern";
import { type Problem, problem } from "../rules/problem";
import type { OwnEvents } from "./ownEvents";

/** The path of the argument. */
export const PATTERN = "trigger.events.pattern";

/** Refuses a pattern by which the pipeline would start itself, again and again. */
export function checkOwnEvents(pattern: object, own: OwnEvents[]): Problem[] {
  return own
    .filter((each) => mayMatch(pattern, each))
    .map(({ what, remedy }) =>
      problem({
        path: PATTERN,
        rule: `must not match ${what}, or every execution would start others`,
        received: pattern,
        remedy,
      }),
    );
}

export function mayMatch(pattern: object, { events }: OwnEvents): boolean {
  return events.some((event) => matchesPattern(pattern, event));
}
