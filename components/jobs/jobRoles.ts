import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { entriesOf, type Pipeline } from "../settings";
import { allowKeyVia } from "../access/encryption";
import { createRole, createRolePolicy, type Trust } from "../access/roles";
import type { CreatedStorage } from "../storage/storage";
import { type JobVariant, jobVariants } from "../workflow/batch/jobVariants";
import type { AwsLocation } from "../workflow/asl/statements";

/**
 * Any task of the account and region: ECS names no cluster here. The tasks of Batch are ECS's.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
function tasksIn(place: pulumi.Output<AwsLocation>): Trust {
  return {
    service: "ecs-tasks.amazonaws.com",
    source: pulumi.interpolate`arn:${place.partition}:ecs:${place.region}:${place.account}:*`,
  };
}

/** Pods have the permissions of their service account, and their nodes pull images: these roles are not theirs. */
export function definitionsOnEcs(pipeline: Pipeline): JobVariant[] {
  return jobVariants(pipeline).filter(({ site }) => site.platform !== "eks");
}

/** What the program in a job may do: read videos, write outputs. */
export function createJobRole(
  pipeline: Pipeline,
  storage: CreatedStorage | undefined,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): iam.Role {
  const role = createRole(pipeline, "job-role", tasksIn(place), parent);
  const videos = storage && usesVideos(pipeline) ? storage : undefined;
  const statements = [
    ...(videos ? storageStatements(pipeline, videos) : []),
    ...(videos && pipeline.keyArn !== undefined
      ? [allowKeyVia("ReadAndWriteWithKey", ["kms:Decrypt", "kms:GenerateDataKey"], pipeline.keyArn, "s3", place)]
      : []),
    ...fileSystemStatements(pipeline),
  ];
  if (statements.length > 0) createRolePolicy(pipeline, "job-policy", role, statements, parent);
  return role;
}

/** Whether a job has this role that has to do with videos. */
function usesVideos(pipeline: Pipeline): boolean {
  return definitionsOnEcs(pipeline).some(({ job: key }) => {
    const job = pipeline.jobs[key];
    if (!job || job.roleArn !== undefined) return false;
    return job.worker || job.parameters.includes("input") || job.parameters.includes("output");
  });
}

/** Mounts ask for the role's permission, unless a job has a role of its own. */
function fileSystemStatements({ jobs }: Pipeline): iam.PolicyStatement[] {
  const mounts = entriesOf(jobs).flatMap(([, job]) => (job.roleArn === undefined ? job.efsMounts : []));
  const statement = (sid: string, action: string, arns: pulumi.Input<string>[]): iam.PolicyStatement[] =>
    arns.length === 0 ? [] : [{ Sid: sid, Effect: "Allow", Action: [action], Resource: arns }];
  const all = mounts.map(({ fileSystemArn }) => fileSystemArn);
  const written = mounts.filter(({ enableWrites }) => enableWrites === true).map(({ fileSystemArn }) => fileSystemArn);
  return [
    ...statement("MountFileSystems", "elasticfilesystem:ClientMount", all),
    ...statement("WriteFileSystems", "elasticfilesystem:ClientWrite", written),
  ];
}

function storageStatements({ outputPrefix }: Pipeline, storage: CreatedStorage): iam.PolicyStatement[] {
  const readable = [storage.bucketArn, ...storage.inputBucketArns];
  return [
    {
      Sid: "ReadVideos",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: readable.map((arn) => pulumi.interpolate`${arn}/*`),
    },
    // For listing pieces. Without it, S3 also answers "not allowed" for what is not there, and nobody could tell which it is.
    { Sid: "ListBuckets", Effect: "Allow", Action: ["s3:ListBucket"], Resource: readable },
    {
      Sid: "WriteOutputs",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      Resource: [pulumi.interpolate`${storage.bucketArn}/${outputPrefix}*`],
    },
  ];
}

/** What ECS may do to start a job: pull its image, open its log, fill in its secrets. */
export function createExecutionRole(
  pipeline: Pipeline,
  images: pulumi.Input<string>[],
  logGroup: cloudwatch.LogGroup,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): iam.Role {
  const role = createRole(pipeline, "execution-role", tasksIn(place), parent);
  if (images.length === 0) return role;
  const secrets = entriesOf(pipeline.jobs).flatMap(([, job]) => Object.values(job.secrets));
  const statements = pulumi
    .all([logGroup.arn, place.partition, pulumi.all(images), pulumi.all(secrets)])
    .apply(([logGroupArn, inPartition, uris, secretArns]) => [
      {
        Sid: "WriteLogs",
        Effect: "Allow" as const,
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${logGroupArn}:*`],
      },
      ...pullStatements(repositoryArns(uris, inPartition)),
      ...secretStatements(secretArns),
    ]);
  createRolePolicy(pipeline, "execution-policy", role, statements, parent);
  return role;
}

function pullStatements(repositories: string[]): iam.PolicyStatement[] {
  if (repositories.length === 0) return [];
  return [
    // The service has no narrower form of this one.
    { Sid: "LogInToEcr", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
    {
      Sid: "PullImages",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
      Resource: repositories,
    },
  ];
}

/**
 * A secret's ARN may have a key, a stage and a version behind it, which are no part of the resource:
 * `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY:STAGE:VERSION`.
 */
function secretStatements(arns: string[]): iam.PolicyStatement[] {
  const ofService = (service: string): string[] => [
    ...new Set(arns.map((arn) => arn.split(":").slice(0, 7).join(":")).filter((arn) => arn.split(":")[2] === service)),
  ];
  const statement = (sid: string, action: string, resources: string[]): iam.PolicyStatement[] =>
    resources.length === 0 ? [] : [{ Sid: sid, Effect: "Allow", Action: [action], Resource: resources }];
  return [
    ...statement("ReadSecrets", "secretsmanager:GetSecretValue", ofService("secretsmanager")),
    ...statement("ReadParameters", "ssm:GetParameters", ofService("ssm")),
  ];
}

/** Only images in ECR need permission: `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY`, then a tag or a digest. */
function repositoryArns(uris: string[], partition: string): string[] {
  const arns = uris.flatMap((uri) => {
    const [, account, region, repository] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+\/([^:@]+)/.exec(uri) ?? [];
    return repository ? [`arn:${partition}:ecr:${region}:${account}:repository/${repository}`] : [];
  });
  return [...new Set(arns)].sort();
}
