import {
  ASK_FOR_APPROVAL,
  AWAIT_REDRIVE,
  EXTRACT_METADATA,
  FAIL_VIDEO,
  NOTIFY_PARTIAL,
  NOTIFY_SUCCESS,
  PACKAGE_VIDEO,
  READ_EVENT,
} from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { Catcher, FailState, Template } from "../asl/states";
import { expression } from "../jsonata/code";
import { errorUntilRedriven, EXECUTION_INPUT, FAILURE_CAUSE, redriveCount } from "../jsonata/redrive";
import { remakes } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";
import { inputAgain } from "./beginAgain";

/** What the error begins with that leads a redrive to a state. */
const RESUME = "Resume at ";

/** The steps at which a redrive resumes. After a failure before them it begins again, so that it sees what is done. */
const RESUMABLE = [ASK_FOR_APPROVAL, PACKAGE_VIDEO, NOTIFY_PARTIAL, NOTIFY_SUCCESS];

/** Where a redrive resumes after a step failed, and how many redrives came before. */
export function failedAt(step: string): Template {
  return {
    state: [READ_EVENT, ...RESUMABLE].includes(step) ? step : EXTRACT_METADATA,
    redrives: expression(redriveCount()),
  };
}

/**
 * The end of every failed execution, from which a redrive returns to where it resumes. A redrive resumes at the state whose failure was
 * not caught. Here every failure is caught for its notice, so the redrive enters the Fail state again, which then fails with another
 * error that leads back.
 *
 * @param names The names of the states that there are.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-behavior-states
 */
export function awaitRedrive(settings: WorkflowSettings, names: string[]): BuiltStates {
  const resumeAt = (state: string, more: Partial<Catcher> = {}): Catcher => ({
    ErrorEquals: [`${RESUME}${state}`],
    ...more,
    Next: state,
  });
  return {
    states: {
      [AWAIT_REDRIVE]: {
        Type: "Parallel",
        Branches: [{ StartAt: FAIL_VIDEO, States: { [FAIL_VIDEO]: failVideo() } }],
        Catch: [
          resumeAt(EXTRACT_METADATA, { Output: inputAgain(settings, { remade: "false" }) }),
          ...(names.includes(READ_EVENT) ? [resumeAt(READ_EVENT, { Output: expression(EXECUTION_INPUT) })] : []),
          ...RESUMABLE.filter((state) => names.includes(state)).map((state) =>
            resumeAt(state, remakes(settings) ? { Assign: { remade: false } } : {}),
          ),
        ],
        Output: {},
        // Its only branch always fails.
        End: true,
      },
    },
    statements: [],
  };
}

/** Fails with the error and the cause of the notice. */
function failVideo(): FailState {
  return { Type: "Fail", Error: expression(errorUntilRedriven(RESUME)), Cause: expression(FAILURE_CAUSE) };
}
