import * as batch from "@pulumi/aws/batch";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import { createThroughCloudControl, type CreatedJobDefinition } from "./cloudControl";
import { containerOf } from "./container";
import { workerExitRules } from "./exitRules";
import type { WorkerImages } from "./image";
import { createExecutionRole, createJobRole, definitionsOnEcs } from "./jobRoles";
import type { Job, Pipeline } from "../settings";
import { podOf, withoutClaims } from "./pod";
import type { CreatedStorage } from "../storage/storage";
import type { ContainerContext } from "./containerContext";
import { type JobVariant, jobVariants } from "../workflow/batch/jobVariants";
import type { AwsLocation } from "../workflow/asl/statements";
import type { JobKey } from "../../contract/jobs";

export interface CreatedJobs {
  /** By the keys of `definitions.ts`. */
  definitions: Record<string, CreatedJobDefinition>;
  jobRoleArn: pulumi.Output<string>;
  executionRoleArn: pulumi.Output<string>;
  logGroup: cloudwatch.LogGroup;
}

/** Parts of resource names and of log streams: never to be changed, or everybody's job definitions are replaced. */
const NAMES: Record<JobKey, string> = {
  metadata: "ExtractMetadata",
  features: "ExtractFeatures",
  transcode: "TranscodeVideo",
  package: "PackageVideo",
};

export function createJobs(
  pipeline: Pipeline,
  workerImages: WorkerImages,
  storage: CreatedStorage | undefined,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): CreatedJobs {
  const { name, tags, jobs, logRetentionDays, roles, keyArn } = pipeline;
  const logGroup = new cloudwatch.LogGroup(
    `${name}-job-logs`,
    { namePrefix: `/aws/batch/${name}-`, retentionInDays: logRetentionDays, kmsKeyId: keyArn, tags },
    { parent },
  );
  const images = definitionsOnEcs(pipeline).flatMap(
    ({ job, site }) => jobs[job]?.image ?? workerImages[site.architecture] ?? [],
  );
  const jobRoleArn = pulumi.output(roles.jobRoleArn ?? createJobRole(pipeline, storage, place, parent).arn);
  const executionRoleArn = pulumi.output(
    roles.executionRoleArn ?? createExecutionRole(pipeline, images, logGroup, place, parent).arn,
  );
  const definitions = jobVariants(pipeline).flatMap((definition) => {
    const job = jobs[definition.job];
    const image = job?.image ?? workerImages[definition.site.architecture];
    if (!job || image === undefined) return [];
    const context: ContainerContext = {
      image,
      jobRoleArn: job.roleArn ?? jobRoleArn,
      executionRoleArn,
      logGroup: logGroup.name,
      logPrefix: NAMES[definition.job],
      serviceAccountName: serviceAccountOf(pipeline),
    };
    return [[definition.key, createJobDefinition(pipeline, definition, job, context, parent)] as const];
  });
  return { definitions: Object.fromEntries(definitions), jobRoleArn, executionRoleArn, logGroup };
}

function createJobDefinition(
  pipeline: Pipeline,
  definition: JobVariant,
  job: Job,
  context: ContainerContext,
  parent: pulumi.Resource,
): CreatedJobDefinition {
  const { platform } = definition.site;
  const rules = job.exitRules ?? workerExitRules(platform);
  const name = `${pipeline.name}-${NAMES[definition.job]}${definition.suffix}`;
  const args = {
    name: job.jobDefinitionName && `${job.jobDefinitionName}${definition.suffix}`,
    retryStrategy: { attempts: job.attempts, ...(rules.length > 0 ? { evaluateOnExits: rules } : {}) },
    timeout: { attemptDurationSeconds: job.attemptTimeoutSeconds },
    propagateTags: true,
    tags: pipeline.tags,
  };
  const form = platform === "eks" ? podOf(pipeline, definition, job, context) : undefined;
  if (form && !withoutClaims(form)) return createThroughCloudControl(name, { ...args, eksProperties: form }, parent);
  return new batch.JobDefinition(
    name,
    {
      ...args,
      type: "container",
      ...(form
        ? { eksProperties: form }
        : {
            platformCapabilities: [platform === "fargate" ? "FARGATE" : "EC2"],
            containerProperties: containerOf(pipeline, definition, job, context),
          }),
      // Executions under way, and redrives, still name the revision that they began with.
      deregisterOnNewRevision: false,
    },
    { parent },
  );
}

/** All EKS environments of a pipeline have the same one, says the validation: a job definition has only one. */
function serviceAccountOf({ computeEnvironments }: Pipeline): string | undefined {
  return computeEnvironments.find(({ eks }) => eks)?.eks?.serviceAccountName;
}
