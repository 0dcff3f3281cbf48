import * as pulumi from "@pulumi/pulumi";

import { fargateMemory } from "../compute/fargate";
import type { Job, Pipeline } from "../settings";
import { SCRATCH, type ContainerContext } from "./containerContext";
import { variablesOf } from "./variables";
import type { JobVariant } from "../workflow/batch/jobVariants";

/**
 * A container on EC2 or Fargate.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/fargate-job-definitions.html
 */
export function containerOf(
  pipeline: Pipeline,
  definition: JobVariant,
  job: Job,
  context: ContainerContext,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    image: context.image,
    command: definition.command ?? job.command,
    jobRoleArn: context.jobRoleArn,
    executionRoleArn: context.executionRoleArn,
    resourceRequirements: requirementsOf(definition, job),
    environment: variablesOf(pipeline, definition, job),
    ...secretsOf(job),
    ...(job.userId === undefined ? {} : { user: String(job.userId) }),
    privileged: false,
    readonlyRootFilesystem: !job.writableRoot,
    ...volumesOf(job),
    // ffmpeg is a child of the worker: an init process passes signals on and leaves no zombies.
    linuxParameters: { initProcessEnabled: true },
    ...(definition.site.platform === "fargate" ? fargateOf(pipeline, definition, job) : {}),
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": context.logGroup, "awslogs-stream-prefix": context.logPrefix },
    },
  });
}

function requirementsOf({ site }: JobVariant, job: Job): { type: string; value: string }[] {
  const memoryMiB = site.platform === "fargate" ? fargateMemory(job.vcpus, job.memoryMiB) : job.memoryMiB;
  return [
    { type: "VCPU", value: String(job.vcpus) },
    { type: "MEMORY", value: String(memoryMiB) },
    ...(job.gpus === undefined ? [] : [{ type: "GPU", value: String(job.gpus) }]),
  ];
}

function secretsOf({ secrets }: Job) {
  const entries = Object.entries(secrets).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? { secrets: entries.map(([name, valueFrom]) => ({ name, valueFrom })) } : {};
}

/** A volume without a source is made for the job and goes with it. Its owner is that of the image's directory. */
function volumesOf({ efsMounts }: Job) {
  const names = efsMounts.map((_, index) => `efs-${index + 1}`);
  return {
    volumes: [
      { name: "scratch" },
      ...efsMounts.map(({ fileSystemArn, accessPointId }, index) => ({
        name: names[index],
        efsVolumeConfiguration: {
          fileSystemId: pulumi.output(fileSystemArn).apply((arn) => arn.slice(arn.lastIndexOf("/") + 1)),
          transitEncryption: "ENABLED",
          authorizationConfig: { iam: "ENABLED", ...(accessPointId === undefined ? {} : { accessPointId }) },
        },
      })),
    ],
    mountPoints: [
      { sourceVolume: "scratch", containerPath: SCRATCH, readOnly: false },
      ...efsMounts.map(({ path, enableWrites = false }, index) => ({
        sourceVolume: names[index],
        containerPath: path,
        readOnly: !enableWrites,
      })),
    ],
  };
}

function fargateOf({ network }: Pipeline, { site }: JobVariant, job: Job) {
  return {
    // EFS needs 1.4.0 or later; LATEST is that, and gets security fixes.
    fargatePlatformConfiguration: { platformVersion: "LATEST" },
    runtimePlatform: {
      operatingSystemFamily: "LINUX",
      cpuArchitecture: site.architecture === "arm64" ? "ARM64" : "X86_64",
    },
    networkConfiguration: { assignPublicIp: network.publicAddresses ? "ENABLED" : "DISABLED" },
    ephemeralStorage: { sizeInGiB: job.scratchGiB },
  };
}
