import * as batch from "@pulumi/aws/batch";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { createExecutionRole, createJobRole } from "./jobRoles";
import { entriesOf, type Job, type Pipeline } from "./pipeline";
import type { CreatedStorage } from "./storage";
import { LADDER_VARIABLE } from "./workflow/plan";
import type { JobKey } from "./workflow/settings";

export interface CreatedJobs {
  definitions: Partial<Record<JobKey, batch.JobDefinition>>;
  jobRole: iam.Role;
  executionRole: iam.Role;
  logGroup: cloudwatch.LogGroup;
}

/** Parts of resource names and of log streams: never to be changed, or everybody's job definitions are replaced. */
const NAMES: Record<JobKey, string> = {
  metadata: "ExtractMetadata",
  features: "ExtractFeatures",
  transcode: "TranscodeVideo",
  package: "PackageVideo",
};

type Rules = pulumi.Unwrap<batch.JobDefinitionArgs["retryStrategy"]>;

/**
 * When Batch starts a job of the worker again. The first rule that matches decides, five are allowed, and without a match
 * the job is started again, hence the last one.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
 */
const WORKER_RULES: NonNullable<NonNullable<Rules>["evaluateOnExits"]> = [
  // The video can never work.
  { onExitCode: "2", action: "EXIT" },
  // The host is gone, as after a Spot reclaim.
  { onStatusReason: "Host EC2*", action: "RETRY" },
  // Also what an image that can't be pulled ends with on EC2.
  { onStatusReason: "Task failed to start*", action: "RETRY" },
  // 1 is an error that may pass; 128 and more is a process that was killed, for want of memory for instance.
  { onExitCode: "1*", action: "RETRY" },
  { onReason: "*", action: "EXIT" },
];

export function createJobs(
  pipeline: Pipeline,
  workerImage: pulumi.Output<string> | undefined,
  storage: CreatedStorage | undefined,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): CreatedJobs {
  const { name, tags, jobs, logRetentionDays } = pipeline;
  const logGroup = new cloudwatch.LogGroup(
    `${name}-job-logs`,
    { namePrefix: `/aws/batch/${name}-`, retentionInDays: logRetentionDays, tags },
    { parent },
  );
  const images = entriesOf(jobs).flatMap(([, job]) => job.image ?? workerImage ?? []);
  const jobRole = createJobRole(pipeline, storage, parent);
  const executionRole = createExecutionRole(pipeline, images, logGroup, partition, parent);
  const definitions = entriesOf(jobs).map(([key, job]) => {
    const container = containerOf(key, job, pipeline, {
      image: job.image ?? workerImage,
      jobRoleArn: jobRole.arn,
      executionRoleArn: executionRole.arn,
      logGroup: logGroup.name,
    });
    return [key, createJobDefinition(`${name}-${NAMES[key]}`, job, container, tags, parent)] as const;
  });
  return { definitions: Object.fromEntries(definitions), jobRole, executionRole, logGroup };
}

function createJobDefinition(
  name: string,
  job: Job,
  container: pulumi.Output<string>,
  tags: Pipeline["tags"],
  parent: pulumi.Resource,
): batch.JobDefinition {
  return new batch.JobDefinition(
    name,
    {
      name: job.jobDefinitionName,
      type: "container",
      platformCapabilities: ["EC2"],
      containerProperties: container,
      retryStrategy: { attempts: job.attempts, ...(job.worker ? { evaluateOnExits: WORKER_RULES } : {}) },
      timeout: { attemptDurationSeconds: job.attemptTimeoutSeconds },
      // Executions under way, and redrives, still name the revision that they began with.
      deregisterOnNewRevision: false,
      propagateTags: true,
      tags,
    },
    { parent },
  );
}

interface Surroundings {
  image: pulumi.Input<string> | undefined;
  jobRoleArn: pulumi.Input<string>;
  executionRoleArn: pulumi.Input<string>;
  logGroup: pulumi.Input<string>;
}

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html */
function containerOf(key: JobKey, job: Job, pipeline: Pipeline, surroundings: Surroundings): pulumi.Output<string> {
  const variables = { ...job.environment };
  if (key === "metadata" && job.worker) variables[LADDER_VARIABLE] = JSON.stringify(pipeline.ladder);
  const environment = Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
  return pulumi.jsonStringify({
    image: surroundings.image,
    command: job.command,
    jobRoleArn: surroundings.jobRoleArn,
    executionRoleArn: surroundings.executionRoleArn,
    resourceRequirements: [
      { type: "VCPU", value: String(job.vcpus) },
      { type: "MEMORY", value: String(job.memoryMiB) },
    ],
    environment,
    // ffmpeg is a child of the worker: an init process passes signals on and leaves no zombies.
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": surroundings.logGroup, "awslogs-stream-prefix": NAMES[key] },
    },
  });
}
