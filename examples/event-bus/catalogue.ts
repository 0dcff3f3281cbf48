import type * as pulumi from "@pulumi/pulumi";

/** The events that say how a video ended. */
export const ENDINGS = ["Video Published", "Video Failed", "Video Rejected"];

const isEnding = [
  "$states.input.source = 'video-batch-pipeline'",
  `$states.input.'detail-type' in [${ENDINGS.map((kind) => `'${kind}'`).join(", ")}]`,
  // Later releases may add members to version 1, and change or remove none.
  "$states.input.detail.version = 1",
].join(" and ");
const hasVideo =
  "$type($states.input.detail.input) = 'string' and $contains($states.input.detail.input, /^s3:\\/\\/[^\\/]+\\/./)";

/** The definition of the state machine that keeps the catalogue, which runs at least once for every video that ends. */
export function defineCatalogue(functionArn: pulumi.Input<string>): object {
  return {
    Comment: "Writes into the catalogue how a video ended.",
    QueryLanguage: "JSONata",
    TimeoutSeconds: 3600,
    StartAt: "Check Event",
    States: {
      "Check Event": {
        Type: "Choice",
        Choices: [
          { Condition: `{% $not(${isEnding}) %}`, Next: "Unknown Event" },
          // An execution that was started without a video has failed, and its notification says why.
          { Condition: `{% $not(${hasVideo}) %}`, Next: "No Video" },
        ],
        Default: "Write Entry",
      },
      "Write Entry": {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Arguments: { FunctionName: functionArn, Payload: "{% $states.input %}" },
        // Longer than the function's own limit.
        TimeoutSeconds: 60,
        Output: "{% $states.result.Payload %}",
        Retry: [
          // Two events about a video at once.
          { ErrorEquals: ["EntryChanged"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 6, JitterStrategy: "FULL" },
          {
            // AWS's errors, those of S3 in the function, and mistakes in its code.
            ErrorEquals: ["States.TaskFailed", "States.Timeout"],
            ...{ IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 120, MaxAttempts: 8, JitterStrategy: "FULL" },
          },
        ],
        End: true,
      },
      "No Video": { Type: "Succeed" },
      "Unknown Event": {
        Type: "Fail",
        Error: "UnknownEvent",
        Cause: `It is none of the pipeline's events ${ENDINGS.join(", ")} of version 1.`,
      },
    },
  };
}
