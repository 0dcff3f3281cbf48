import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";
import { ingest } from "./ingest";

/** Where cameras and users upload. The pipeline writes its outputs below another prefix, which must start nothing. */
const UPLOADS = "uploads/";

// Without `trigger`: every start goes through the workflow below.
const pipeline = new VideoBatchPipeline("videos");
const bucket = pipeline.bucketName.apply((name) => name as string);

new aws.s3.BucketNotification("upload-events", { bucket, eventbridge: true });

const uploads = new aws.cloudwatch.EventRule("uploads", {
  description: "Uploads go through the workflow that starts the pipeline",
  eventPattern: pulumi.jsonStringify({
    "source": ["aws.s3"],
    "detail-type": ["Object Created"],
    "detail": { bucket: { name: [bucket] }, object: { key: [{ prefix: UPLOADS }] } },
  }),
});

/** Events that could not be delivered to the workflow, or not forwarded by it. Each has the event as its body, and says why. */
const failures = new aws.sqs.Queue("failed-uploads", {
  messageRetentionSeconds: 14 * 24 * 3600,
  sqsManagedSseEnabled: true,
});

const account = pipeline.stateMachineArn.apply((arn) => arn.split(":")[4] as string);

const failuresPolicy = new aws.sqs.QueuePolicy("failed-uploads-policy", {
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

/** A role that one service may assume, and only on behalf of one source in this account. */
function roleFor(name: string, service: string, source: pulumi.Input<string>): aws.iam.Role {
  return new aws.iam.Role(name, {
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: service },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": source } },
        },
      ],
    },
  });
}

// The name of the state machine is known only after its role exists.
const anyStateMachine = pipeline.stateMachineArn.apply((arn) => arn.replace(/:stateMachine:.*/, ":stateMachine:*"));
const role = roleFor("ingest-role", "states.amazonaws.com", anyStateMachine);

const policy = new aws.iam.RolePolicy("ingest-policy", {
  role: role.name,
  policy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["states:StartExecution"], Resource: [pipeline.stateMachineArn] },
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [failures.arn] },
      // Step Functions needs this to write its logs. There is no narrower form.
      {
        Effect: "Allow",
        Action: [
          ...["CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries"],
          ...["PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"],
        ].map((action) => `logs:${action}`),
        Resource: ["*"],
      },
    ],
  },
});

const logs = new aws.cloudwatch.LogGroup("ingest-logs", {
  namePrefix: "/aws/vendedlogs/states/ingest-",
  retentionInDays: 30,
});

const workflow = new aws.sfn.StateMachine(
  "ingest",
  {
    type: "EXPRESS",
    roleArn: role.arn,
    definition: pulumi.jsonStringify(
      ingest({
        pipelineArn: pipeline.stateMachineArn,
        executionName: pipeline.uploadExecutionName,
        failuresUrl: failures.url,
      }),
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

const startRole = roleFor("uploads-role", "events.amazonaws.com", uploads.arn);

const startPolicy = new aws.iam.RolePolicy("uploads-policy", {
  role: startRole.name,
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
    roleArn: startRole.arn,
    retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
    deadLetterConfig: { arn: failures.arn },
  },
  { dependsOn: [startPolicy, failuresPolicy] },
);

export const ingestArn = workflow.arn;
export const failedUploadsUrl = failures.url;
export const uploadTo = pulumi.interpolate`s3://${bucket}/${UPLOADS}`;
