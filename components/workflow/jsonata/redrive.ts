import { bind, block, type Code, literal, orElse } from "./code";

/** The number of redrives so far. Reads `$states.context`, which may not have it before the first one. */
export function redriveCount(): Code {
  return orElse("$states.context.Execution.RedriveCount", "0");
}

/** Whether the execution failed at a step. Reads `$failedAt`. */
export function failedAtStep(step: string): Code {
  return `$failedAt.state = ${literal(step)}`;
}

/**
 * The error of the failure, or `redriven` once the execution is redriven. Reads `$failedAt`, `$failure` and
 * `$states.context`.
 */
export function errorUntilRedriven(redriven: string): Code {
  return block(
    bind("$redrives", redriveCount()),
    `$redrives > $failedAt.redrives ? ${literal(redriven)} : $failure.error`,
  );
}

/** The cause of the failure. Reads `$failure`. */
export const FAILURE_CAUSE: Code = "$failure.cause";

/** The input that the execution was started with. */
export const EXECUTION_INPUT: Code = "$states.context.Execution.Input";
