import type { PipelineOutcomeStates } from "../../index";
import { expression } from "./expression";
import { describeFailure, FIND_JOB, READ_ERROR } from "./failure";

/** What the state machine calls. */
export interface TranscodeTargets {
  /** Where the videos' outputs are: the bucket, and the beginning of their keys. */
  outputs: string;
  /** The workflow that makes the renditions. */
  processArn: string;
  /** The Express workflow that checks an asset. */
  publishArn: string;
  /** The pipeline's notices and events. */
  outcome: Pick<PipelineOutcomeStates, "states" | "succeeded" | "failed">;
}

/** Assets that are checked at once. */
const AT_ONCE = 10;

/** S3's event, or `{input}`. Never fails: what is no video is refused by the inspection, which says so. */
const INPUT = `(
  $object := $states.input.detail.object.key;
  $uri := $exists($object) ? 's3://' & $states.input.detail.bucket.name & '/' & $object : $states.input.input;
  $type($uri) = 'string' ? $uri : null
)`;

/**
 * The workflow inside says in its cause what failed. If it doesn't, because it was stopped, nobody knows whether it had created a job, which
 * Step Functions has tried to cancel.
 */
const PROCESSING_FAILURE = `(
  ${READ_ERROR}
  $inside := $substring($parsed.Cause, 0, 8) = '{"step":' ? $parse($parsed.Cause);
  $ended := $exists($parsed.Status) ? 'The execution ' & $parsed.ExecutionArn & ' ended as ' & $parsed.Status & '.'
    : $error & ($cause = '' ? '.' : '. ' & $cause);
  $reason := $ended & ($exists($parsed.Status) or $error = 'States.Timeout'
    ? ' If it had created a MediaConvert job, that one may still run. ' & ${FIND_JOB});
  $exists($inside) ? $inside : ${describeFailure("Process Video", "$reason")}
)`;

const PUBLISHING_FAILURE = `(${READ_ERROR} ${describeFailure("Publish Assets", "$cause", "$job")})`;

/** The definition of the main state machine. */
export function defineTranscode({ outputs, processArn, publishArn, outcome }: TranscodeTargets): object {
  return {
    Comment: "Makes a video's renditions with MediaConvert, checks them, and reports like the pipeline.",
    QueryLanguage: "JSONata",
    StartAt: "Name Output",
    States: {
      // Every execution has an output of its own, so that viewers of an earlier upload never get a mixture.
      "Name Output": {
        Type: "Pass",
        Assign: { input: expression(INPUT), output: expression(`'${outputs}' & $states.context.Execution.Name`) },
        Output: {},
        Next: "Process Video",
      },
      "Process Video": {
        Type: "Task",
        Resource: "arn:aws:states:::states:startExecution.sync:2",
        Arguments: {
          StateMachineArn: processArn,
          Input: {
            input: "{% $input %}",
            output: "{% $output %}",
            // Links the two executions in the console.
            AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: "{% $states.context.Execution.Id %}",
          },
        },
        // Longer than all steps inside may take.
        TimeoutSeconds: 24 * 3600,
        Retry: [
          {
            ErrorEquals: ["StepFunctions.AWSStepFunctionsException"],
            ...{ IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 6, MaxDelaySeconds: 60, JitterStrategy: "FULL" },
          },
        ],
        Catch: [
          {
            ErrorEquals: ["States.ALL"],
            Assign: { failure: expression(PROCESSING_FAILURE) },
            Next: outcome.failed,
          },
        ],
        Assign: { job: "{% $states.result.Output.job %}" },
        Output: "{% $states.result.Output.assets %}",
        Next: "Publish Assets",
      },
      "Publish Assets": {
        Type: "Map",
        Items: "{% $states.input %}",
        MaxConcurrency: AT_ONCE,
        ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...checkAsset(publishArn) },
        Catch: [
          {
            ErrorEquals: ["States.ALL"],
            Assign: { failure: expression(PUBLISHING_FAILURE) },
            Next: outcome.failed,
          },
        ],
        Output: {},
        Next: outcome.succeeded,
      },
      ...outcome.states,
    },
  };
}

/** The call succeeds whether or not the Express execution does. */
function checkAsset(publishArn: string): object {
  return {
    StartAt: "Check Asset",
    States: {
      "Check Asset": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:sfn:startSyncExecution",
        Arguments: { StateMachineArn: publishArn, Input: "{% $string($states.input) %}" },
        // An Express execution takes five minutes at most.
        TimeoutSeconds: 330,
        Retry: [
          {
            ErrorEquals: ["Sfn.SfnException", "Sfn.SdkClientException"],
            ...{ IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 6, MaxDelaySeconds: 60, JitterStrategy: "FULL" },
          },
        ],
        Output: {
          status: "{% $states.result.Status %}",
          error: "{% $exists($states.result.Error) ? $states.result.Error : $states.result.Status %}",
          cause:
            "{% $states.result.Cause ? $states.result.Cause : 'The check of ' & $states.input.playlist & ' failed.' %}",
        },
        Next: "Check Result",
      },
      "Check Result": {
        Type: "Choice",
        Choices: [{ Condition: "{% $states.input.status = 'SUCCEEDED' %}", Next: "Asset Checked" }],
        Default: "Asset Failed",
      },
      "Asset Checked": { Type: "Succeed", Output: {} },
      "Asset Failed": { Type: "Fail", Error: "{% $states.input.error %}", Cause: "{% $states.input.cause %}" },
    },
  };
}
