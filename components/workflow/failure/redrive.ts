import { FAILED_UNTIL_REDRIVEN, RESUME, VIDEO_FAILED } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { FailState } from "../asl/states";
import { expression } from "../jsonata/code";
import { errorUntilRedriven, EXECUTION_INPUT, failedAtStep, FAILURE_CAUSE } from "../jsonata/redrive";

const REDRIVEN = "Redriven";

/** A step that a redrive can return to. */
export interface ResumedStep {
  step: string;
  /** The state to enter instead, which leads to the step. Absent if the step is entered directly. */
  through?: string;
}

/**
 * The end of every failed execution, from which a redrive returns to the step that failed. A redrive resumes at the
 * state whose failure was not caught. Here every failure is caught for its notice, so the redrive enters the Fail state
 * again, which then fails with another error that leads back.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-behavior-states
 */
export function failedUntilRedriven(first: string, others: ResumedStep[]): BuiltStates {
  return {
    states: {
      [FAILED_UNTIL_REDRIVEN]: {
        Type: "Parallel",
        Branches: [{ StartAt: VIDEO_FAILED, States: { [VIDEO_FAILED]: videoFailed() } }],
        Catch: [{ ErrorEquals: [REDRIVEN], Next: RESUME }],
        Output: {},
        Next: RESUME,
      },
      [RESUME]: {
        Type: "Choice",
        Choices: others.map(({ step, through = step }) => ({
          Condition: expression(failedAtStep(step)),
          Next: through,
        })),
        Default: first,
        // The first state reads the execution's input.
        Output: expression(EXECUTION_INPUT),
      },
    },
    statements: [],
  };
}

/** Fails with the error and the cause of the notice. */
function videoFailed(): FailState {
  return { Type: "Fail", Error: expression(errorUntilRedriven(REDRIVEN)), Cause: expression(FAILURE_CAUSE) };
}
