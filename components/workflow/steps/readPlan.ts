import { outputs } from "../../../contract/outputs";
import { READ_PLAN } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import { S3_RETRIES } from "../asl/retry";
import type { TaskState } from "../asl/states";
import { CALL_SECONDS } from "../asl/timeouts";
import { catchAll } from "../failure/catchers";
import { expression } from "../jsonata/code";
import {
  orderedChunks,
  orderedDamage,
  orderedOmissions,
  orderedPlan,
  orderedRenditions,
  orderedSteps,
  orderedTogether,
} from "../jsonata/order";
import { namedAfterJob } from "../jsonata/outputObjects";
import { VARIABLES } from "../jsonata/variables";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { readObject } from "../storage/readObject";

/** Reads what the execution has to do: for which plan, in which steps, and how many chunks each part has. */
export function readPlan(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const { call, statements } = readObject(settings, arns, {
    uri: namedAfterJob(outputs.order, VARIABLES.metadataJob),
    paths: outputs.order("*"),
    sid: "ReadPlans",
  });
  const state: TaskState = {
    ...call,
    TimeoutSeconds: CALL_SECONDS,
    Retry: S3_RETRIES,
    Catch: [catchAll(READ_PLAN)],
    Assign: {
      plan: expression(orderedPlan()),
      renditions: expression(orderedRenditions()),
      ...(settings.continueOnRenditionFailure ? { encodedTogether: expression(orderedTogether()) } : {}),
      chunks: expression(orderedChunks()),
      todo: expression(orderedSteps()),
      leftOut: expression(orderedOmissions()),
      // Approval is asked for before packaging knows all of it.
      ...(settings.approval ? { damage: expression(orderedDamage()) } : {}),
    },
    Output: {},
    Next: next,
  };
  return { states: { [READ_PLAN]: state }, statements };
}
