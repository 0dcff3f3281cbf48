import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { defineIngest } from "./ingest";
import { createDeadLetterQueue, startOnEvents } from "./startOnEvents";
import { createStateMachine } from "./stateMachine";

/** Which uploads start what. */
export interface Uploads {
  bucket: pulumi.Output<string>;
  /** Where cameras and users upload. Outputs must be below another prefix, so that they start nothing. */
  prefix: string;
  /** The Standard state machine that takes S3's event. */
  stateMachineArn: pulumi.Output<string>;
  /** `uploadExecutionName` of the pipeline. */
  executionName: pulumi.Output<string>;
}

/** Starts a state machine once for every upload, through an Express workflow. */
export function startForUploads({ bucket, prefix, stateMachineArn, executionName }: Uploads): {
  workflow: aws.sfn.StateMachine;
  failures: aws.sqs.Queue;
} {
  new aws.s3.BucketNotification("upload-events", { bucket, eventbridge: true });

  const uploads = new aws.cloudwatch.EventRule("uploads", {
    description: "Uploads go through the workflow that starts the pipeline",
    eventPattern: pulumi.jsonStringify({
      "source": ["aws.s3"],
      "detail-type": ["Object Created"],
      "detail": { bucket: { name: [bucket] }, object: { key: [{ prefix }] } },
    }),
  });
  // For events that could not be delivered to the workflow, and for those that it could not forward.
  const failed = createDeadLetterQueue("failed-uploads", uploads);
  const { queue: failures } = failed;
  const workflow = createStateMachine("ingest", {
    type: "EXPRESS",
    definition: defineIngest({ pipelineArn: stateMachineArn, executionName, failuresUrl: failures.url }),
    statements: [
      { Effect: "Allow", Action: ["states:StartExecution"], Resource: [stateMachineArn] },
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [failures.arn] },
    ],
    besideArn: stateMachineArn,
  });
  startOnEvents("uploads", { rule: uploads }, workflow, failed);
  return { workflow, failures };
}
