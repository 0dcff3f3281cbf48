import { outputs } from "../../../contract/outputs";
import { READ_DAMAGE } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import { S3_RETRIES } from "../asl/retry";
import type { TaskState } from "../asl/states";
import { CALL_SECONDS } from "../asl/timeouts";
import { expression } from "../jsonata/code";
import { REPORTED_DAMAGE, unknownDamage } from "../jsonata/damage";
import { namedAfterJob } from "../jsonata/outputObjects";
import { VARIABLES } from "../jsonata/variables";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { readObject } from "../storage/readObject";

/**
 * Reads what packaging found to be damaged. Batch reports nothing about a job that succeeded, so this is one more call for
 * every video. The video is complete by now, and its manifest says the same: if the report can't be read, the notice says so,
 * and nothing fails.
 */
export function readDamage(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const { call, statements } = readObject(settings, arns, {
    uri: namedAfterJob(outputs.damage, VARIABLES.packageJob),
    paths: outputs.damage("*"),
    sid: "ReadDamage",
  });
  const state: TaskState = {
    ...call,
    TimeoutSeconds: CALL_SECONDS,
    Retry: S3_RETRIES,
    Catch: [
      {
        ErrorEquals: ["States.ALL"],
        Assign: { damage: expression(unknownDamage()) },
        Output: {},
        Next: next,
      },
    ],
    Assign: { damage: expression(REPORTED_DAMAGE) },
    Output: {},
    Next: next,
  };
  return { states: { [READ_DAMAGE]: state }, statements };
}
