import { outputs } from "../../../contract/outputs";
import { READ_PLAN } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import { S3_RETRIES } from "../asl/retry";
import { allow } from "../asl/statements";
import type { TaskState } from "../asl/states";
import { CALL_SECONDS } from "../asl/timeouts";
import { catchAll } from "../failure/catchers";
import { expression } from "../jsonata/code";
import { belowOutput } from "../jsonata/outputObjects";
import { plannedChunks, plannedRenditions, plannedSound, planFingerprint } from "../jsonata/plan";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { getObject, outputObjects } from "../storage/outputObjects";

/** Reads from the plan its fingerprint, and what the workflow branches on: renditions, chunks of each part, and sound. */
export function readPlan(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const objects = outputObjects(settings, arns, "getObject");
  const state: TaskState = {
    ...getObject(objects, belowOutput(outputs.plan)),
    TimeoutSeconds: CALL_SECONDS,
    Retry: S3_RETRIES,
    Catch: [catchAll(READ_PLAN)],
    Assign: {
      plan: expression(planFingerprint()),
      renditions: expression(plannedRenditions()),
      chunks: expression(plannedChunks()),
      audio: expression(plannedSound()),
    },
    Output: {},
    Next: next,
  };
  return {
    states: { [READ_PLAN]: state },
    statements: [allow("ReadPlans", ["s3:GetObject"], [objects.objectArn(`*${outputs.plan}`)])],
  };
}
