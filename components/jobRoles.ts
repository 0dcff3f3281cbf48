import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "./pipeline";
import { createRole, createRolePolicy } from "./roles";
import type { CreatedStorage } from "./storage";

const TASKS = "ecs-tasks.amazonaws.com";

/** What the program in a job may do: read videos, write outputs. */
export function createJobRole(
  pipeline: Pipeline,
  storage: CreatedStorage | undefined,
  parent: pulumi.Resource,
): iam.Role {
  const role = createRole(pipeline, "job-role", TASKS, parent);
  if (storage) createRolePolicy(pipeline, "job-policy", role, storageStatements(pipeline, storage), parent);
  return role;
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

/** What ECS may do to start a job: pull its image, open its log. */
export function createExecutionRole(
  pipeline: Pipeline,
  images: pulumi.Input<string>[],
  logGroup: cloudwatch.LogGroup,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): iam.Role {
  const role = createRole(pipeline, "execution-role", TASKS, parent);
  const statements = pulumi
    .all([logGroup.arn, partition, pulumi.all(images)])
    .apply(([logGroupArn, inPartition, uris]) => [
      {
        Sid: "WriteLogs",
        Effect: "Allow" as const,
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${logGroupArn}:*`],
      },
      ...pullStatements(repositoryArns(uris, inPartition)),
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

/** Only images in ECR need permission: `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY`, then a tag or a digest. */
function repositoryArns(uris: string[], partition: string): string[] {
  const arns = uris.flatMap((uri) => {
    const [, account, region, repository] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+\/([^:@]+)/.exec(uri) ?? [];
    return repository ? [`arn:${partition}:ecr:${region}:${account}:repository/${repository}`] : [];
  });
  return [...new Set(arns)].sort();
}
