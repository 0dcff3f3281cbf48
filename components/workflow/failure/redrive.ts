import { FAILED_UNTIL_REDRIVEN, RESUME, VIDEO_FAILED } from "../../../contract/states";
import type { FailState } from "../asl/states";
import { COUNT_REDRIVES } from "./catchers";
import { expression, literal } from "../jsonata/code";
import type { BuiltStates } from "../asl/builtStates";

const REDRIVEN = "Redriven";

/** A step that a redrive goes on with. */
export interface ResumedStep {
  step: string;
  /** The state that leads to it. Absent when nothing comes before it. */
  through?: string;
}

/**
 * The end of every failed execution, from which a redrive finds back to the step that failed. A redrive goes on at the state
 * that failed without being caught, and here every failure is caught for its notice: what a redrive enters again is the Fail
 * state, which then fails with another error that leads back.
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
          Condition: expression(`$failedAt.state = ${literal(step)}`),
          Next: through,
        })),
        Default: first,
        // The first state reads the execution's input.
        Output: expression("$states.context.Execution.Input"),
      },
    },
    statements: [],
  };
}

/** With the error and the sentence of the notice. */
function videoFailed(): FailState {
  const redriven = `${COUNT_REDRIVES} $redrives > $failedAt.redrives`;
  return {
    Type: "Fail",
    Error: expression(`(${redriven} ? ${literal(REDRIVEN)} : $failure.error)`),
    Cause: expression("$failure.cause"),
  };
}
