import { INTERMEDIATE_TAGGING } from "../../../contract/outputs";
import { FIND_DONE_JOBS } from "../../../contract/states";
import type { BuiltStates, BuiltTask } from "../asl/builtStates";
import { allow } from "../asl/statements";
import { type ChoiceRule, type TaskState, type Template, transition } from "../asl/states";
import { BOOKKEEPING_SECONDS } from "../asl/timeouts";
import { code, expression } from "../jsonata/code";
import { DONE_BUCKET, DONE_PREFIX, doneKey, doneLocation, doneSteps, isDone } from "../jsonata/doneSteps";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { outputObjects } from "./outputObjects";

/** Folder below the output. It has a folder for each execution, with an object for each completed step. */
const FOLDER = "work/done/";

/** The variables for completed steps: where they are recorded, and their names, none at first. */
export function doneVariables(output: string): Record<string, Template> {
  return { doneIn: expression(doneLocation(code(output), FOLDER)), done: [] };
}

/** Skips a step that was completed before a redrive. */
export function skipIfDone(step: string, next: string): ChoiceRule {
  return { Condition: expression(isDone(step)), Next: next };
}

export interface RecordedStep {
  step: string;
  /** The state that follows. Absent where the record ends the branch. */
  next?: string;
  /** The state that ends the branch if nothing follows and recording fails. */
  end: string;
}

/** Records a completed step. If that fails, a redrive runs it again; the video neither fails nor waits. */
export function recordDone(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { step, next, end }: RecordedStep,
): BuiltTask {
  const { resource, objectArn } = outputObjects(settings, arns, "putObject");
  return {
    state: {
      Type: "Task",
      Resource: resource,
      Arguments: {
        Bucket: expression(DONE_BUCKET),
        Key: expression(doneKey(step)),
        Body: "done",
        Tagging: INTERMEDIATE_TAGGING,
      },
      TimeoutSeconds: BOOKKEEPING_SECONDS,
      Retry: [],
      Catch: [{ ErrorEquals: ["States.ALL"], Output: {}, Next: next ?? end }],
      Output: {},
      ...transition(next),
    },
    statements: [allow("WriteDownDone", ["s3:PutObject", "s3:PutObjectTagging"], [objectArn(`*${FOLDER}*`)])],
  };
}

/** Lists the completed steps, before a redrive enters the branches again. */
export function findDoneJobs(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const { resource, bucketArn } = outputObjects(settings, arns, "listObjectsV2");
  const state: TaskState = {
    Type: "Task",
    Resource: resource,
    Arguments: { Bucket: expression(DONE_BUCKET), Prefix: expression(DONE_PREFIX) },
    TimeoutSeconds: BOOKKEEPING_SECONDS,
    Retry: [],
    // If the list is unknown, all steps run again.
    Catch: [{ ErrorEquals: ["States.ALL"], Output: {}, Next: next }],
    Assign: { done: expression(doneSteps()) },
    Output: {},
    Next: next,
  };
  return {
    states: { [FIND_DONE_JOBS]: state },
    statements: [
      {
        ...allow("FindDone", ["s3:ListBucket"], [bucketArn]),
        Condition: { StringLike: { "s3:prefix": `${settings.outputPrefix}*${FOLDER}*` } },
      },
    ],
  };
}
