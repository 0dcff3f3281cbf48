import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { allowKeyVia, READ_AND_WRITE } from "../access/keyUse";
import { createRole, createRolePolicy, type Trust } from "../access/roles";
import { allow } from "../access/statements";
import type { Context } from "../context/context";
import type { EventBus } from "../events/eventBus";
import type { CreatedStorage } from "../storage/storage";
import type { JobVariant } from "../workflow/batch/jobVariants";
import { OWN_SOURCE } from "../workflow/events/ownSource";
import type { EfsMount } from "./args";
import { type JobKinds, type JobSettings, type JobsSettings, listJobs, sendsEvent, usesStorage } from "./defaults";

/**
 * Any task of the account and region: ECS names no cluster here. Batch runs its jobs as tasks of ECS.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
function trustTasks({ location }: Context): Trust {
  return {
    service: "ecs-tasks.amazonaws.com",
    source: pulumi.interpolate`arn:${location.partition}:ecs:${location.region}:${location.account}:*`,
  };
}

/** These roles are not for pods: they have the permissions of their service account, and their nodes pull images. */
export function variantsOnEcs(variants: JobVariant[]): JobVariant[] {
  return variants.filter(({ jobPlatform }) => jobPlatform.platform !== "eks");
}

/** What jobs use of the pipeline's other resources. */
export interface UsedByJobs {
  storage?: CreatedStorage;
  eventBus?: EventBus;
}

/** The permissions of the program in a job: to read videos, to write outputs, and to say that a video is playable. */
export function createJobRole(context: Context, settings: JobsSettings, { storage, eventBus }: UsedByJobs): iam.Role {
  const role = createRole(context, "job-role", trustTasks(context));
  const statements = [
    ...(storage && someJob(settings, usesStorage) ? storageStatements(context, settings.outputPrefix, storage) : []),
    ...fileSystemStatements(settings.kinds),
    ...(eventBus && someJob(settings, sendsEvent)
      ? [{ ...allow("SendEvents", ["events:PutEvents"], [eventBus.arn]), ...OWN_SOURCE }]
      : []),
  ];
  if (statements.length > 0) createRolePolicy(context, "job-policy", role, statements);
  return role;
}

/** Jobs with their own role don't count. */
function someJob({ kinds, variants }: JobsSettings, uses: (job: JobSettings) => boolean): boolean {
  return variantsOnEcs(variants).some(({ job: key }) => {
    const job = kinds[key];
    return job !== undefined && job.roleArn === undefined && uses(job);
  });
}

/** Mounts need permissions of the job's role. */
function fileSystemStatements(kinds: JobKinds): iam.PolicyStatement[] {
  const mounts = listJobs(kinds).flatMap(([, job]) => (job.roleArn === undefined ? job.efsMounts : []));
  const written = mounts.filter(({ enableWrites }) => enableWrites === true);
  const arns = (some: EfsMount[]) => some.map(({ fileSystemArn }) => fileSystemArn);
  return [
    ...(mounts.length > 0 ? [allow("MountFileSystems", ["elasticfilesystem:ClientMount"], arns(mounts))] : []),
    ...(written.length > 0 ? [allow("WriteFileSystems", ["elasticfilesystem:ClientWrite"], arns(written))] : []),
  ];
}

function storageStatements(context: Context, outputPrefix: string, storage: CreatedStorage): iam.PolicyStatement[] {
  const { keyArn } = context;
  const readable = [storage.bucketArn, ...storage.inputBucketArns];
  const objects = readable.map((arn) => pulumi.interpolate`${arn}/*`);
  const write = ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:AbortMultipartUpload"];
  const withKey = { sid: "ReadAndWriteWithKey", actions: READ_AND_WRITE, service: "s3" } as const;
  return [
    allow("ReadVideos", ["s3:GetObject"], objects),
    // To list pieces. Without it, S3 also answers "not allowed" for objects that don't exist, which look the same then.
    allow("ListBuckets", ["s3:ListBucket"], readable),
    allow("WriteOutputs", write, [pulumi.interpolate`${storage.bucketArn}/${outputPrefix}*`]),
    ...(keyArn === undefined ? [] : [allowKeyVia(context, { ...withKey, keyArn })]),
  ];
}

/** What the jobs on ECS use. */
export interface EcsResources {
  images: pulumi.Input<string>[];
  secretArns: pulumi.Input<string>[];
  logGroupArn: pulumi.Output<string>;
}

/** The permissions of ECS to start a job: to pull its image, to open its log, and to read its secrets. */
export function createExecutionRole(context: Context, { images, secretArns, logGroupArn }: EcsResources): iam.Role {
  const role = createRole(context, "execution-role", trustTasks(context));
  if (images.length === 0) return role;
  const statements = pulumi
    .all([logGroupArn, context.location.partition, pulumi.all(images), pulumi.all(secretArns)])
    .apply(([logGroup, partition, uris, secrets]) => [
      allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [`${logGroup}:*`]),
      ...pullStatements(repositoryArns(uris, partition)),
      ...secretStatements(secrets),
    ]);
  createRolePolicy(context, "execution-policy", role, statements);
  return role;
}

function pullStatements(repositories: string[]): iam.PolicyStatement[] {
  if (repositories.length === 0) return [];
  const pull = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"];
  return [
    // The service has no narrower form of this one.
    allow("LogInToEcr", ["ecr:GetAuthorizationToken"], ["*"]),
    allow("PullImages", pull, repositories),
  ];
}

/**
 * A reference to a secret may end with a key, a stage and a version, which are not part of the resource's ARN:
 * `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY:STAGE:VERSION`.
 */
export function secretArn(reference: string): string {
  return reference.split(":").slice(0, 7).join(":");
}

function secretStatements(references: string[]): iam.PolicyStatement[] {
  const arns = [...new Set(references.map(secretArn))];
  const statement = (sid: string, action: string, service: string): iam.PolicyStatement[] => {
    const resources = arns.filter((arn) => arn.split(":")[2] === service);
    return resources.length === 0 ? [] : [allow(sid, [action], resources)];
  };
  return [
    ...statement("ReadSecrets", "secretsmanager:GetSecretValue", "secretsmanager"),
    ...statement("ReadParameters", "ssm:GetParameters", "ssm"),
  ];
}

/** Only images in ECR need permissions: `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY`, then a tag or a digest. */
function repositoryArns(uris: string[], partition: string): string[] {
  const arns = uris.flatMap((uri) => {
    const [, account, region, repository] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+\/([^:@]+)/.exec(uri) ?? [];
    return repository ? [`arn:${partition}:ecr:${region}:${account}:repository/${repository}`] : [];
  });
  return [...new Set(arns)].sort();
}
