import { INTERMEDIATE_TAGGING } from "../../../contract/outputs";
import { FIND_DONE_JOBS } from "../../../contract/states";
import type { ChoiceRule, TaskState, Template } from "../asl/states";
import { transition } from "../asl/states";
import { uses } from "../jsonata/executionInput";
import { code, expression, literal } from "../jsonata/code";
import { allow, type Statement } from "../asl/statements";
import { outputObjects } from "./outputObjects";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import type { BuiltStates } from "../asl/builtStates";
import { SECONDS_OF_ASIDE } from "../asl/timeouts";

/**
 * Whether jobs that have succeeded are written down for a redrive. What the branches of a Parallel had done is lost once its
 * failure is caught, as here it is for the notice. It is written beside what the jobs write; without an output there is no place.
 */
export function writesDownDone(settings: WorkflowSettings): boolean {
  return uses(settings, "output");
}

/** Where it is written down, and what is: nothing at first. Each execution has a folder below its output, with an object for each step. */
export function doneVariables(output: string): Record<string, Template> {
  const bind = `$at := $substringAfter(${code(output)}, '://') & '/work/done/' & $states.context.Execution.Name & '/';`;
  // For a file the bucket is empty, and the prefix is its path without the first slash.
  return {
    doneIn: expression(`(${bind} {'bucket': $substringBefore($at, '/'), 'prefix': $substringAfter($at, '/')})`),
    done: [],
  };
}

/** Of a Choice: the way around a step that an earlier attempt of this execution has done. */
export function ifDone(step: string, next: string): ChoiceRule {
  return { Condition: expression(`${literal(step)} in $done`), Next: next };
}

/**
 * Writes down that a step is done. When that fails, a redrive submits the job again: nothing that a video should fail for, or
 * wait for.
 *
 * @param end The state after it that ends the branch, where there is no other.
 */
export function writeDownDone(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  step: string,
  next: string | undefined,
  end: string,
): { state: TaskState; statements: Statement[] } {
  const { resource, objectArn } = outputObjects(settings, arns, "putObject");
  return {
    state: {
      Type: "Task",
      Resource: resource,
      Arguments: {
        Bucket: expression("$doneIn.bucket"),
        Key: expression(`$doneIn.prefix & ${literal(step)}`),
        Body: "done",
        Tagging: INTERMEDIATE_TAGGING,
      },
      TimeoutSeconds: SECONDS_OF_ASIDE,
      Retry: [],
      Catch: [{ ErrorEquals: ["States.ALL"], Output: {}, Next: next ?? end }],
      Output: {},
      ...transition(next),
    },
    statements: [allow("WriteDownDone", ["s3:PutObject", "s3:PutObjectTagging"], [objectArn("*work/done/*")])],
  };
}

/** Before a redrive enters the branches again: which of their steps are done. */
export function findDoneJobs(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const { resource, bucketArn } = outputObjects(settings, arns, "listObjectsV2");
  const state: TaskState = {
    Type: "Task",
    Resource: resource,
    Arguments: { Bucket: expression("$doneIn.bucket"), Prefix: expression("$doneIn.prefix") },
    TimeoutSeconds: SECONDS_OF_ASIDE,
    Retry: [],
    // What is not known to be done is done again.
    Catch: [{ ErrorEquals: ["States.ALL"], Output: {}, Next: next }],
    // In brackets, because JSONata takes a list of one for the one.
    Assign: { done: expression("[$states.result.Contents.($split(Key, '/')[-1])]") },
    Output: {},
    Next: next,
  };
  return {
    states: { [FIND_DONE_JOBS]: state },
    statements: [
      {
        ...allow("FindDone", ["s3:ListBucket"], [bucketArn]),
        Condition: { StringLike: { "s3:prefix": `${settings.outputPrefix}*work/done/*` } },
      },
    ],
  };
}
