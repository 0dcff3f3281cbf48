import type { TaskState } from "./asl";
import { NOTIFY_FAILURE, READ_CAUSE } from "./failure";
import { getObject } from "./getObject";
import { expression } from "./jsonata";
import { allow } from "./permissions";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import type { BuiltStates } from "./states";

const TIMEOUT_SECONDS = 30;

/** Of the cause as Batch tells it, which stays behind the worker's sentence: exit code, attempts, chunks. */
const TOLD = "$substringAfter($failure.cause, ' failed: ')";

/**
 * Takes the sentence that the worker left for the failed job into the cause. Batch itself knows only an exit code. Where there is
 * none, because the job never came to it or no job failed, the cause stays what it was.
 */
export function readCause(settings: WorkflowSettings, arns: WorkflowArns): BuiltStates {
  const { partition, call } = getObject(settings, arns, "'/work/failures/' & $failure.job & '.txt'");
  const sentence = "$substring($states.result.Body, 0, 1500)";
  const state: TaskState = {
    ...call,
    TimeoutSeconds: TIMEOUT_SECONDS,
    // Most of its failures are that there is no sentence, and the notice must not wait for the rest.
    Retry: [],
    Catch: [{ ErrorEquals: ["States.ALL"], Next: NOTIFY_FAILURE }],
    Assign: {
      failure: expression(
        `$merge([$failure, {'cause': $failure.step & ' failed: ' & ${sentence} & ' (' & $replace(${TOLD}, /\\.$/, '') & ')'}])`,
      ),
    },
    Output: {},
    Next: NOTIFY_FAILURE,
  };
  const causes = `arn:${partition}:s3:::${arns.bucketName ?? ""}/${settings.outputPrefix}*work/failures/*.txt`;
  return { states: { [READ_CAUSE]: state }, statements: [allow("ReadCauses", ["s3:GetObject"], [causes])] };
}
