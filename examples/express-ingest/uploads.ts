import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { ingest } from "./ingest";
import { accountOf, anyStateMachine, LOG_DELIVERY, roleFor } from "./roles";

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
  const account = accountOf(stateMachineArn);
  const { failures, policy: failuresPolicy } = keepFailures(uploads, account);
  const workflow = createWorkflow({ stateMachineArn, executionName, failures, account });
  const role = roleFor("uploads-role", "events.amazonaws.com", { account, arn: uploads.arn });
  const policy = new aws.iam.RolePolicy("uploads-policy", {
    role: role.name,
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["states:StartExecution"], Resource: [workflow.arn] }],
    },
  });
  new aws.cloudwatch.EventTarget(
    "uploads-target",
    {
      rule: uploads.name,
      arn: workflow.arn,
      roleArn: role.arn,
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
      deadLetterConfig: { arn: failures.arn },
    },
    { dependsOn: [policy, failuresPolicy] },
  );
  return { workflow, failures };
}

/** The queue of events that could not be delivered to the workflow, or not forwarded by it. Each has the event as its body, and says why. */
function keepFailures(uploads: aws.cloudwatch.EventRule, account: pulumi.Output<string>) {
  const failures = new aws.sqs.Queue("failed-uploads", {
    messageRetentionSeconds: 14 * 24 * 3600,
    sqsManagedSseEnabled: true,
  });
  const policy = new aws.sqs.QueuePolicy("failed-uploads-policy", {
    queueUrl: failures.url,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyTls",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: failures.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "KeepEvents",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: failures.arn,
          Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": uploads.arn } },
        },
      ],
    },
  });
  return { failures, policy };
}

interface WorkflowTargets extends Pick<Uploads, "stateMachineArn" | "executionName"> {
  failures: aws.sqs.Queue;
  account: pulumi.Output<string>;
}

function createWorkflow({ stateMachineArn, executionName, failures, account }: WorkflowTargets): aws.sfn.StateMachine {
  const role = roleFor("ingest-role", "states.amazonaws.com", { account, arn: anyStateMachine(stateMachineArn) });
  const policy = new aws.iam.RolePolicy("ingest-policy", {
    role: role.name,
    policy: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["states:StartExecution"], Resource: [stateMachineArn] },
        { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [failures.arn] },
        LOG_DELIVERY,
      ],
    },
  });
  const logs = new aws.cloudwatch.LogGroup("ingest-logs", {
    namePrefix: "/aws/vendedlogs/states/ingest-",
    retentionInDays: 30,
  });
  return new aws.sfn.StateMachine(
    "ingest",
    {
      type: "EXPRESS",
      roleArn: role.arn,
      definition: pulumi.jsonStringify(
        ingest({ pipelineArn: stateMachineArn, executionName, failuresUrl: failures.url }),
      ),
      // Express executions have no other history.
      loggingConfiguration: {
        level: "ALL",
        includeExecutionData: true,
        logDestination: pulumi.interpolate`${logs.arn}:*`,
      },
    },
    { dependsOn: [policy] },
  );
}
