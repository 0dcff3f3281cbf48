import type * as pulumi from "@pulumi/pulumi";

/** What the workflow calls. */
export interface IngestTargets {
  /** The pipeline's state machine. */
  pipelineArn: pulumi.Input<string>;
  /** `uploadExecutionName` of the pipeline: a JSONata expression of the execution's name. */
  executionName: pulumi.Input<string>;
  /** URL of the queue for events that could not be forwarded. */
  failuresUrl: pulumi.Input<string>;
}

/** Every call and retry together take less than an Express execution may: five minutes. */
const CALL = { TimeoutSeconds: 10 };
const BACK_OFF = { IntervalSeconds: 1, BackoffRate: 2, JitterStrategy: "FULL" };

/** The name of this execution is taken: an earlier delivery of the event has started it, in the last 90 days. */
const ALREADY_STARTED = "StepFunctions.ExecutionAlreadyExistsException";

/** How the names of videos end. Every other file starts nothing. */
const SUFFIXES = [
  ...["3g2", "3gp", "asf", "avi", "dv", "flv", "gxf", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "mxf"],
  ...["ogv", "qt", "ts", "vob", "webm", "wmv"],
];

const isUpload = [
  "$states.input.source = 'aws.s3'",
  "$states.input.'detail-type' = 'Object Created'",
  "$type($states.input.detail.bucket.name) = 'string'",
  "$type($states.input.detail.object.key) = 'string'",
  "$type($states.input.detail.object.sequencer) = 'string'",
  "$type($states.input.detail.object.size) = 'number'",
].join(" and ");
const isVideo = `$states.input.detail.object.size > 0 and $contains($states.input.detail.object.key, /\\.(${SUFFIXES.join("|")})$/i)`;

/** The definition of the workflow, which runs once or more for every event that an object was created in S3. */
export function defineIngest({ pipelineArn, executionName, failuresUrl }: IngestTargets): object {
  return {
    Comment: "Checks an upload's event and starts the pipeline for it, once however often the event is delivered.",
    QueryLanguage: "JSONata",
    StartAt: "Check Event",
    States: {
      "Check Event": {
        Type: "Choice",
        Choices: [
          {
            Condition: `{% $not(${isUpload}) %}`,
            Output: {
              Error: "InvalidEvent",
              Cause:
                "It is no Object Created event of S3 with a bucket's name, and an object's key, sequencer and size.",
            },
            Next: "Keep Event",
          },
          { Condition: `{% $not(${isVideo}) %}`, Next: "No Video" },
        ],
        Default: "Start Pipeline",
      },
      "No Video": { Type: "Succeed" },
      "Start Pipeline": {
        Type: "Task",
        Resource: "arn:aws:states:::states:startExecution",
        // The pipeline takes the event as it is.
        Arguments: { StateMachineArn: pipelineArn, Name: executionName, Input: "{% $states.input %}" },
        ...CALL,
        Output: { execution: "{% $states.result.ExecutionArn %}" },
        Retry: [
          { ErrorEquals: [ALREADY_STARTED, "States.QueryEvaluationError"], MaxAttempts: 0 },
          // Above all, too many calls at once.
          { ErrorEquals: ["States.TaskFailed", "States.Timeout"], ...BACK_OFF, MaxDelaySeconds: 20, MaxAttempts: 6 },
        ],
        Catch: [
          { ErrorEquals: [ALREADY_STARTED], Next: "Already Started" },
          { ErrorEquals: ["States.ALL"], Next: "Keep Event" },
        ],
        End: true,
      },
      "Already Started": { Type: "Succeed" },
      "Keep Event": {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage",
        // As EventBridge keeps what it can't deliver: the event is the body, and the attributes say why.
        Arguments: {
          QueueUrl: failuresUrl,
          MessageBody: "{% $states.context.Execution.Input %}",
          MessageAttributes: {
            ERROR_CODE: attribute("$states.input.Error"),
            ERROR_MESSAGE: attribute("$states.input.Cause"),
            EXECUTION_ARN: { DataType: "String", StringValue: "{% $states.context.Execution.Id %}" },
          },
        },
        ...CALL,
        Output: "{% $states.input %}",
        Retry: [{ ErrorEquals: ["States.ALL"], ...BACK_OFF, MaxDelaySeconds: 10, MaxAttempts: 5 }],
        Next: "Event Kept",
      },
      // Failed, so that metrics and logs show it.
      "Event Kept": { Type: "Fail", Error: text("$states.input.Error"), Cause: text("$states.input.Cause") },
    },
  };
}

/** SQS takes no empty attributes and no control characters. */
function attribute(value: string): object {
  return { DataType: "String", StringValue: text(value) };
}

/** A timeout has no cause. */
function text(value: string): string {
  return `{% ${value} ? $replace($string(${value}), /[^ -~]+/, ' ') : 'unknown' %}`;
}
