import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// In your own project: import { inspectionStates, outcomeStates, VideoBatchPipeline } from "video-batch-pipeline";
import { inspectionStates, outcomeStates, VideoBatchPipeline } from "../../index";
import { accountOf, arnBeside, roleFor } from "../express-ingest/roles";
import { createStateMachine } from "../express-ingest/stateMachine";
import { runExecutions, useRule } from "../express-ingest/statements";
import { startForUploads } from "../express-ingest/uploads";
import { AFTER_INSPECTION, defineProcess, PLAYLIST } from "./process";
import { definePublish } from "./publish";
import { defineTranscode } from "./transcode";

/** Where cameras and users upload, and where MediaConvert writes: below the pipeline's outputs, where the inspection may write too. */
const UPLOADS = "uploads/";
const OUTPUTS = "output/mediaconvert/";

/** One topic for both ways. The topic that a pipeline creates would take its own notices alone. */
const notices = new aws.sns.Topic("notices", { kmsMasterKeyId: "alias/aws/sns" });

// It inspects videos, and can still encode them by itself: start its state machine for those that MediaConvert can't.
const pipeline = new VideoBatchPipeline("videos", { events: {}, notifications: { topicArn: notices.arn } });
new aws.sns.TopicPolicy("notices-policy", { arn: notices.arn, policy: pipeline.topicPolicy });

const bucket = pipeline.bucketName.apply((name) => name as string);
const bucketArn = pipeline.bucketArn.apply((arn) => arn as string);

const arnFor = (service: string, resource: string): pulumi.Output<string> =>
  arnBeside(pipeline.stateMachineArn, service, resource);

const mediaConvertRole = roleFor("mediaconvert-role", "mediaconvert.amazonaws.com", {
  account: accountOf(pipeline.stateMachineArn),
  arn: arnFor("mediaconvert", "*"),
});

const mediaConvertPolicy = new aws.iam.RolePolicy("mediaconvert-policy", {
  role: mediaConvertRole.name,
  policy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [pulumi.interpolate`${bucketArn}/${UPLOADS}*`] },
      {
        Effect: "Allow",
        Action: ["s3:PutObject"],
        Resource: [pulumi.interpolate`${bucketArn}/${OUTPUTS}*/${PLAYLIST}*`],
      },
    ],
  },
});

/** The on-demand queue that every account has. */
const mediaConvertQueueArn = arnFor("mediaconvert", "queues/Default");

const inspection = inspectionStates(pipeline, AFTER_INSPECTION);

const processMachine = createStateMachine("process", {
  type: "STANDARD",
  besideArn: pipeline.stateMachineArn,
  definition: pulumi
    .all([inspection, mediaConvertRole.arn, mediaConvertQueueArn])
    .apply(([{ states }, role, queue]) =>
      defineProcess({ inspection: states, mediaConvertRoleArn: role, mediaConvertQueueArn: queue }),
    ),
  statements: inspection.apply(({ statements }): pulumi.Input<aws.iam.PolicyStatement>[] => [
    ...statements,
    {
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: [pulumi.interpolate`${bucketArn}/${OUTPUTS}*/metadata.json`],
    },
    { Effect: "Allow", Action: ["mediaconvert:CreateJob"], Resource: [mediaConvertQueueArn] },
    { Effect: "Allow", Action: ["mediaconvert:TagResource"], Resource: [arnFor("mediaconvert", "jobs/*")] },
    {
      Effect: "Allow",
      Action: ["mediaconvert:GetJob", "mediaconvert:CancelJob"],
      Resource: [arnFor("mediaconvert", "jobs/*")],
      // Step Functions tags the jobs that it creates.
      Condition: { StringEquals: { "aws:ResourceTag/ManagedByService": "AWSStepFunctions" } },
    },
    {
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [mediaConvertRole.arn],
      Condition: { StringEquals: { "iam:PassedToService": "mediaconvert.amazonaws.com" } },
    },
    useRule("StepFunctionsGetEventsForMediaConvertJobRule", pipeline.stateMachineArn),
  ]),
  // MediaConvert assumes its role when the first job begins.
  needs: [mediaConvertPolicy],
});

const publishMachine = createStateMachine("publish", {
  type: "EXPRESS",
  besideArn: pipeline.stateMachineArn,
  definition: definePublish(),
  statements: [
    { Effect: "Allow", Action: ["s3:GetObject"], Resource: [pulumi.interpolate`${bucketArn}/${OUTPUTS}*.m3u8`] },
    {
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: [bucketArn],
      Condition: { StringLike: { "s3:prefix": `${OUTPUTS}*` } },
    },
  ],
});

const outcome = outcomeStates(pipeline, { playlist: `${PLAYLIST}.m3u8` });

const transcodeMachine = createStateMachine("transcode", {
  type: "STANDARD",
  besideArn: pipeline.stateMachineArn,
  definition: pulumi
    .all([outcome, bucket, processMachine.arn, publishMachine.arn])
    .apply(([end, name, processArn, publishArn]) =>
      defineTranscode({ outputs: `s3://${name}/${OUTPUTS}`, processArn, publishArn, outcome: end }),
    ),
  statements: outcome.apply(({ statements }): pulumi.Input<aws.iam.PolicyStatement>[] => [
    ...statements,
    ...runExecutions(processMachine.arn),
    { Effect: "Allow", Action: ["states:StartSyncExecution"], Resource: [publishMachine.arn] },
  ]),
});

const { workflow, failures } = startForUploads({
  ...{ bucket, prefix: UPLOADS, stateMachineArn: transcodeMachine.arn },
  executionName: pipeline.uploadExecutionName,
});

export const transcodeArn = transcodeMachine.arn;
export const batchArn = pipeline.stateMachineArn;
export const ingestArn = workflow.arn;
export const failedUploadsUrl = failures.url;
export const uploadTo = pulumi.interpolate`s3://${bucket}/${UPLOADS}`;
