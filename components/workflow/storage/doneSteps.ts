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

/** Below an output: a folder for each execution, with an object for each step that is done. */
const FOLDER = "work/done/";

/** Where the steps that are done are recorded, and which are: none at first. */
export function doneVariables(output: string): Record<string, Template> {
  return { doneIn: expression(doneLocation(code(output), FOLDER)), done: [] };
}

/** The way around a step that an earlier attempt of this execution has done. */
export function skipIfDone(step: string, next: string): ChoiceRule {
  return { Condition: expression(isDone(step)), Next: next };
}

export interface RecordedStep {
  step: string;
  /** The state that follows. Absent where the record ends the branch. */
  next?: string;
  /** The state that ends the branch when nothing could be recorded, where no other follows. */
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

/** Finds out which steps are done, before a redrive enters the branches again. */
export function findDoneJobs(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const { resource, bucketArn } = outputObjects(settings, arns, "listObjectsV2");
  const state: TaskState = {
    Type: "Task",
    Resource: resource,
    Arguments: { Bucket: expression(DONE_BUCKET), Prefix: expression(DONE_PREFIX) },
    TimeoutSeconds: BOOKKEEPING_SECONDS,
    Retry: [],
    // What is not known to be done is done again.
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
