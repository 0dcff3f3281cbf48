import { bind, block, type Code, literal, object, orElse } from "./code";

/** The number of redrives so far. Reads `$states.context`, which may not have it before the first one. */
export function redriveCount(): Code {
  return orElse("$states.context.Execution.RedriveCount", "0");
}

/**
 * The error of the failure, or, once the execution is redriven, the one that leads to the state where it resumes. Reads `$failedAt`,
 * `$failure` and `$states.context`.
 *
 * @param resume What that error begins with, before the name of the state.
 */
export function errorUntilRedriven(resume: string): Code {
  return block(
    bind("$redrives", redriveCount()),
    `$redrives > $failedAt.redrives ? ${literal(resume)} & $failedAt.state : $failure.error`,
  );
}

/** The error of the failure. Reads `$failure`. */
export const FAILURE_ERROR: Code = "$failure.error";

/** The cause of the failure. Reads `$failure`. */
export const FAILURE_CAUSE: Code = "$failure.cause";

/** The execution's own input. */
export const EXECUTION_INPUT: Code = "$states.context.Execution.Input";

/** The member of the first state's input that has what it would otherwise forget when the execution begins again. */
const KEPT = "kept";

/** The input of the first step, `given`, with what is kept when the execution begins again. */
export function inputKeeping(kept: Record<string, Code>, given = EXECUTION_INPUT): Code {
  return Object.keys(kept).length === 0 ? given : `$merge([${given}, ${object({ [KEPT]: object(kept) })}])`;
}

/** Whether packaging found work missing, for the first time since the execution began or was redriven. Reads `$exitCode`, `$remade`. */
export function lacksWork(exitCode: number): Code {
  return `$exitCode = ${exitCode} and $not($remade)`;
}

/**
 * A member of what `inputKeeping` keeps, or its initial value when the execution begins for the first time, with `given`. Reads
 * `$states.input`, and believes no execution whose own input has such a member.
 */
export function keptOrInitial(member: string, initial: Code, given = EXECUTION_INPUT): Code {
  return `$states.input = ${given} ? ${initial} : $states.input.${KEPT}.${member}`;
}
