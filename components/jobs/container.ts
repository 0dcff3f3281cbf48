import * as pulumi from "@pulumi/pulumi";

import { fargateMemory } from "../compute/fargate";
import type { JobVariant } from "../workflow/batch/jobVariants";
import { type ContainerContext, SCRATCH } from "./containerContext";
import type { JobSettings } from "./defaults";
import { listVariables } from "./variables";

/**
 * A container on EC2 or Fargate.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/fargate-job-definitions.html
 */
export function describeContainer(
  variant: JobVariant,
  job: JobSettings,
  context: ContainerContext,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    image: context.image,
    command: variant.command ?? job.command,
    jobRoleArn: context.jobRoleArn,
    executionRoleArn: context.executionRoleArn,
    resourceRequirements: resourceRequirements(variant, job),
    environment: listVariables(variant.job, job, context),
    ...secrets(job),
    ...(job.userId === undefined ? {} : { user: String(job.userId) }),
    privileged: false,
    readonlyRootFilesystem: !job.writableRoot,
    ...volumes(job),
    // ffmpeg is a child of the worker: an init process passes signals on and leaves no zombies.
    linuxParameters: { initProcessEnabled: true },
    ...(variant.jobPlatform.platform === "fargate" ? fargateProperties(variant, job, context) : {}),
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": context.logGroup, "awslogs-stream-prefix": context.logPrefix },
    },
  });
}

function resourceRequirements({ jobPlatform }: JobVariant, job: JobSettings): { type: string; value: string }[] {
  const memoryMiB = jobPlatform.platform === "fargate" ? fargateMemory(job.vcpus, job.memoryMiB) : job.memoryMiB;
  return [
    { type: "VCPU", value: String(job.vcpus) },
    { type: "MEMORY", value: String(memoryMiB) },
    ...(job.gpus === undefined ? [] : [{ type: "GPU", value: String(job.gpus) }]),
  ];
}

function secrets(job: JobSettings) {
  const entries = Object.entries(job.secrets).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length > 0 ? { secrets: entries.map(([name, valueFrom]) => ({ name, valueFrom })) } : {};
}

/** A volume without a source is created for the job and deleted with it. It has the owner of the image's directory. */
function volumes({ efsMounts }: JobSettings) {
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

function fargateProperties({ jobPlatform }: JobVariant, job: JobSettings, { settings }: ContainerContext) {
  return {
    // EFS needs 1.4.0 or later; LATEST is later, and gets security fixes.
    fargatePlatformConfiguration: { platformVersion: "LATEST" },
    runtimePlatform: {
      operatingSystemFamily: "LINUX",
      cpuArchitecture: jobPlatform.architecture === "arm64" ? "ARM64" : "X86_64",
    },
    networkConfiguration: { assignPublicIp: settings.publicAddresses ? "ENABLED" : "DISABLED" },
    ephemeralStorage: { sizeInGiB: job.scratchGiB },
  };
}
