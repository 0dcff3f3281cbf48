import { READ_PLAN } from "../../../contract/states";
import type { TaskState } from "../asl/states";
import { catchAll } from "../failure/catchers";
import { expression } from "../jsonata/code";
import { allow } from "../asl/statements";
import { S3_TROUBLE } from "../asl/retry";
import { getObject } from "../storage/outputObjects";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import type { BuiltStates } from "../asl/builtStates";
import { SECONDS_OF_CALL } from "../asl/timeouts";

const PLAN = "$parse($states.result.Body)";

/** Takes from the plan its identity, and what the workflow branches on: renditions, chunks of each part, and sound. */
export function readPlan(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const { call, objectArn } = getObject(settings, arns, "'/plan.json'");
  const state: TaskState = {
    ...call,
    TimeoutSeconds: SECONDS_OF_CALL,
    Retry: S3_TROUBLE,
    Catch: [catchAll(READ_PLAN)],
    Assign: {
      // The jobs of this execution are for this plan, and for none that a later execution puts in its place.
      plan: expression(`${PLAN}.fingerprint`),
      // In brackets, because JSONata takes a list of one for the one. Without those that the jobs of others encode too.
      renditions: expression(`[${PLAN}.renditions[$not($exists(encodedWith))].name]`),
      chunks: expression(`[${PLAN}.parts.chunks]`),
      audio: expression(`$exists(${PLAN}.audio)`),
    },
    Output: {},
    Next: next,
  };
  return {
    states: { [READ_PLAN]: state },
    statements: [allow("ReadPlans", ["s3:GetObject"], [objectArn("*plan.json")])],
  };
}
