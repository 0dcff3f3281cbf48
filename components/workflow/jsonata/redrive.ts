import { bind, block, type Code, literal, orElse } from "./code";

/** How often the execution has been redriven. Reads `$states.context`, which does not say so before the first time. */
export function redrives(): Code {
  return orElse("$states.context.Execution.RedriveCount", "0");
}

/** Whether an execution failed at a step. Reads `$failedAt`. */
export function failedAtStep(step: string): Code {
  return `$failedAt.state = ${literal(step)}`;
}

/**
 * The error of a failed execution: its failure's, or `redriven` once it was redriven. Reads `$failedAt`, `$failure` and
 * `$states.context`.
 */
export function errorUntilRedriven(redriven: string): Code {
  return block(bind("$redrives", redrives()), `$redrives > $failedAt.redrives ? ${literal(redriven)} : $failure.error`);
}

/** The sentence of a failed execution. Reads `$failure`. */
export const FAILURE_CAUSE: Code = "$failure.cause";

/** What the execution was started with. */
export const EXECUTION_INPUT: Code = "$states.context.Execution.Input";
