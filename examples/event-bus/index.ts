import * as path from "node:path";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";
import { createDeadLetterQueue, startOnEvents } from "../express-ingest/startOnEvents";
import { createStateMachine } from "../express-ingest/stateMachine";
import { defineCatalogue, ENDINGS } from "./catalogue";

/** Who puts events on the bus: the service that takes uploads, which is a program of its own, and the pipeline. */
const UPLOAD_SERVICE = "upload-service";
const PIPELINE = "video-batch-pipeline";

/** Where the upload service puts videos, and where the catalogue is. Outputs are below another prefix of the same bucket. */
const UPLOADS = "uploads/";
const CATALOGUE = "catalogue/";

const bus = new aws.cloudwatch.EventBus("media", { description: "Uploads, and what becomes of them" });

// A policy that only allows would not keep others of this account from sending.
new aws.cloudwatch.EventBusPolicy("media-policy", {
  eventBusName: bus.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OnlyKnownSources",
        Effect: "Deny",
        Principal: "*",
        Action: "events:PutEvents",
        Resource: bus.arn,
        Condition: { "ForAnyValue:StringNotEquals": { "events:source": [UPLOAD_SERVICE, PIPELINE] } },
      },
    ],
  }),
});

const pipeline = new VideoBatchPipeline("videos", {
  trigger: {
    events: {
      busName: bus.name,
      pattern: { "source": [UPLOAD_SERVICE], "detail-type": ["Upload Completed"] },
      sample: {
        "source": UPLOAD_SERVICE,
        "detail-type": "Upload Completed",
        "detail": { upload: "42", title: "A talk", file: `s3://videos-bucket-1a2b3c4/${UPLOADS}talk.mp4` },
      },
      executionInput: "{ 'input': detail.file }",
    },
  },
  events: { busName: bus.name },
});
const bucket = pipeline.bucketName.apply((name) => name as string);
const objectsIn = (prefix: string): pulumi.Output<string> => pulumi.interpolate`${pipeline.bucketArn}/${prefix}`;

/** For the role of the upload service, which sends nothing in the pipeline's name. */
const uploadService = new aws.iam.Policy("upload-service", {
  description: "Puts videos into the bucket, and an event about each on the bus",
  policy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:PutObject"], Resource: [objectsIn(`${UPLOADS}*`)] },
      {
        Effect: "Allow",
        Action: ["events:PutEvents"],
        Resource: [bus.arn],
        Condition: { StringEquals: { "events:source": UPLOAD_SERVICE } },
      },
    ],
  },
});

// Lambda takes only roles of its own account, and documents no source for the one that it assumes.
const functionRole = new aws.iam.Role("write-entry-role", {
  assumeRolePolicy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  },
});

const functionLogs = new aws.cloudwatch.LogGroup("write-entry-logs", {
  namePrefix: "/aws/lambda/write-entry-",
  retentionInDays: 30,
});

const functionPolicy = new aws.iam.RolePolicy("write-entry-policy", {
  role: functionRole.name,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [objectsIn("output/*/manifest.json"), objectsIn(`${CATALOGUE}*`)],
      },
      { Effect: "Allow", Action: ["s3:PutObject"], Resource: [objectsIn(`${CATALOGUE}*`)] },
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [pulumi.interpolate`${functionLogs.arn}:*`],
      },
    ],
  },
});

const writeEntry = new aws.lambda.Function(
  "write-entry",
  {
    description: "Writes into the catalogue how a video ended",
    runtime: aws.lambda.Runtime.NodeJS22dX,
    architectures: ["arm64"],
    handler: "index.handler",
    code: new pulumi.asset.FileArchive(path.join(__dirname, "catalogue")),
    role: functionRole.arn,
    // It reads two objects and writes one. Lambda gives CPU by memory, and with its default of 128 MB the SDK loads slowly.
    ...{ timeout: 30, memorySize: 256 },
    environment: { variables: { BUCKET: bucket, PREFIX: CATALOGUE } },
    loggingConfig: { logFormat: "JSON", logGroup: functionLogs.name },
  },
  { dependsOn: [functionPolicy] },
);

const machine = createStateMachine("catalogue", {
  type: "STANDARD",
  definition: defineCatalogue(writeEntry.arn),
  statements: [{ Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [writeEntry.arn] }],
  besideArn: pipeline.stateMachineArn,
});

const endings = new aws.cloudwatch.EventRule("endings", {
  description: "Every video that ended gets an entry in the catalogue",
  eventBusName: bus.name,
  eventPattern: pulumi.jsonStringify({
    "source": [PIPELINE],
    "detail-type": ENDINGS,
    "detail": { stateMachine: [pipeline.stateMachineArn] },
  }),
});

const undelivered = createDeadLetterQueue("undelivered-endings", endings);
startOnEvents("endings", { rule: endings, busName: bus.name }, machine, undelivered);

export const busName = bus.name;
export const uploadTo = pulumi.interpolate`s3://${bucket}/${UPLOADS}`;
export const catalogueAt = pulumi.interpolate`s3://${bucket}/${CATALOGUE}`;
export const catalogueArn = machine.arn;
export const undeliveredUrl = undelivered.queue.url;
export const undeliveredUploadsUrl = pipeline.deadLetterQueueUrl;
export const uploadServicePolicyArn = uploadService.arn;
