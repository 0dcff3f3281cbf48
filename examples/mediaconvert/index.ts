import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// In your own project: import { inspectionStates, outcomeStates, VideoBatchPipeline } from "video-batch-pipeline";
import { inspectionStates, outcomeStates, VideoBatchPipeline } from "../../index";
import { accountOf, anyStateMachine, LOG_DELIVERY, roleFor } from "../express-ingest/roles";
import { startForUploads } from "../express-ingest/uploads";
import { AFTER_INSPECTION, PLAYLIST, processing } from "./processing";
import { publishing } from "./publishing";
import { transcoding } from "./transcoding";

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
const account = accountOf(pipeline.stateMachineArn);
const stateMachines = { account, arn: anyStateMachine(pipeline.stateMachineArn) };

/** An ARN in the pipeline's partition, region and account. */
function arnFor(service: string, resource: string): pulumi.Output<string> {
  return pipeline.stateMachineArn.apply((arn) => {
    const [, partition, , region, owner] = arn.split(":");
    return `arn:${partition}:${service}:${region}:${owner}:${resource}`;
  });
}

/** What Step Functions needs to be notified of the end of what it waits for. */
function hearOf(rule: string): aws.iam.PolicyStatement {
  const actions = ["events:PutTargets", "events:PutRule", "events:DescribeRule"];
  return { Effect: "Allow", Action: actions, Resource: [arnFor("events", `rule/${rule}`)] };
}

interface StateMachineParts {
  type: "STANDARD" | "EXPRESS";
  definition: pulumi.Input<object>;
  /** What its role may do. */
  statements: pulumi.Input<pulumi.Input<aws.iam.PolicyStatement>[]>;
  /** What has to be there before its first execution. */
  needs?: pulumi.Resource[];
}

/** A state machine with a role of its own. */
function createStateMachine(
  name: string,
  { type, definition, statements, needs = [] }: StateMachineParts,
): aws.sfn.StateMachine {
  const role = roleFor(`${name}-role`, "states.amazonaws.com", stateMachines);
  const policy = new aws.iam.RolePolicy(`${name}-policy`, {
    role: role.name,
    policy: { Version: "2012-10-17", Statement: pulumi.output(statements).apply((own) => [...own, LOG_DELIVERY]) },
  });
  const logs = new aws.cloudwatch.LogGroup(`${name}-logs`, {
    namePrefix: `/aws/vendedlogs/states/${name}-`,
    retentionInDays: 30,
  });
  return new aws.sfn.StateMachine(
    name,
    {
      ...{ type, roleArn: role.arn, definition: pulumi.jsonStringify(definition) },
      loggingConfiguration: {
        // Express executions have no other history.
        level: type === "EXPRESS" ? "ALL" : "ERROR",
        includeExecutionData: true,
        logDestination: pulumi.interpolate`${logs.arn}:*`,
      },
    },
    { dependsOn: [policy, ...needs] },
  );
}

const mediaConvertRole = roleFor("mediaconvert-role", "mediaconvert.amazonaws.com", {
  account,
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

const process = createStateMachine("process", {
  type: "STANDARD",
  definition: pulumi
    .all([inspection, mediaConvertRole.arn, mediaConvertQueueArn])
    .apply(([{ states }, role, queue]) =>
      processing({ inspection: states, mediaConvertRoleArn: role, mediaConvertQueueArn: queue }),
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
    hearOf("StepFunctionsGetEventsForMediaConvertJobRule"),
  ]),
  // MediaConvert assumes its role when the first job begins.
  needs: [mediaConvertPolicy],
});

const publish = createStateMachine("publish", {
  type: "EXPRESS",
  definition: publishing(),
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

const transcode = createStateMachine("transcode", {
  type: "STANDARD",
  definition: pulumi
    .all([outcome, bucket, process.arn, publish.arn])
    .apply(([end, name, processArn, publishArn]) =>
      transcoding({ outputs: `s3://${name}/${OUTPUTS}`, processArn, publishArn, outcome: end }),
    ),
  statements: outcome.apply(({ statements }): pulumi.Input<aws.iam.PolicyStatement>[] => [
    ...statements,
    { Effect: "Allow", Action: ["states:StartExecution"], Resource: [process.arn] },
    {
      Effect: "Allow",
      Action: ["states:DescribeExecution", "states:StopExecution"],
      Resource: [process.arn.apply((arn) => `${arn.replace(":stateMachine:", ":execution:")}:*`)],
    },
    hearOf("StepFunctionsGetEventsForStepFunctionsExecutionRule"),
    { Effect: "Allow", Action: ["states:StartSyncExecution"], Resource: [publish.arn] },
  ]),
});

const { workflow, failures } = startForUploads({
  ...{ bucket, prefix: UPLOADS, stateMachineArn: transcode.arn },
  executionName: pipeline.uploadExecutionName,
});

export const transcodeArn = transcode.arn;
export const batchArn = pipeline.stateMachineArn;
export const ingestArn = workflow.arn;
export const failedUploadsUrl = failures.url;
export const uploadTo = pulumi.interpolate`s3://${bucket}/${UPLOADS}`;
