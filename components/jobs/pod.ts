import type * as types from "@pulumi/aws/types";
import type * as pulumi from "@pulumi/pulumi";

import type { Job, Pipeline } from "../settings";
import { SCRATCH, type ContainerContext } from "./containerContext";
import { variablesOf } from "./variables";
import type { JobVariant } from "../workflow/batch/jobVariants";

type EksProperties = types.input.batch.JobDefinitionEksProperties;
type PodProperties = types.input.batch.JobDefinitionEksPropertiesPodProperties;
type Volume = types.input.batch.JobDefinitionEksPropertiesPodPropertiesVolume & { name: string };

/** A volume that Batch has and the provider's own resource hasn't. */
interface ClaimVolume {
  name: string;
  persistentVolumeClaim: { claimName: pulumi.Input<string>; readOnly: boolean };
}

export interface Pod<V = Volume | ClaimVolume> {
  podProperties: Omit<PodProperties, "volumes"> & { volumes: V[] };
}

/** Whether the provider's own resource has all that a pod has. */
export function withoutClaims(pod: Pod): pod is Pod<Volume> & EksProperties {
  return pod.podProperties.volumes.every((volume) => !("persistentVolumeClaim" in volume));
}

/**
 * A pod on EKS. Permissions come from its service account, and logs go where the cluster sends them.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainer.html
 */
export function podOf(
  pipeline: Pipeline,
  definition: JobVariant,
  job: Job,
  { image, logPrefix, serviceAccountName }: ContainerContext,
): Pod {
  const { vcpus, memoryMiB, gpus } = definition.resources ?? job;
  // Limits and requests of memory have to be equal, and those of GPUs.
  const quantities = {
    cpu: String(vcpus),
    memory: `${memoryMiB}Mi`,
    ...(gpus === undefined ? {} : { "nvidia.com/gpu": String(gpus) }),
  };
  const mounted = volumesOf(job);
  return {
    podProperties: {
      // Pods on the host's network would share its ports and its identity.
      hostNetwork: false,
      serviceAccountName: job.pod.serviceAccountName ?? serviceAccountName,
      containers: [
        {
          name: "job",
          image,
          commands: definition.command ?? job.command,
          envs: variablesOf(pipeline, definition, job),
          resources: { limits: quantities, requests: quantities },
          securityContext: {
            privileged: false,
            allowPrivilegeEscalation: false,
            readOnlyRootFileSystem: !job.writableRoot,
            ...(job.userId === undefined
              ? {}
              : { runAsUser: job.userId, runAsGroup: job.userId, runAsNonRoot: job.userId !== 0 }),
          },
          volumeMounts: mounted.map(({ volume, mountPath, readOnly }) => ({
            name: volume.name,
            mountPath,
            ...(readOnly ? { readOnly } : {}),
          })),
        },
      ],
      volumes: mounted.map(({ volume }) => volume),
      metadata: { labels: { "video-batch-pipeline/job": logPrefix } },
    },
  };
}

interface Mounted {
  volume: Volume | ClaimVolume;
  mountPath: string;
  readOnly: boolean;
}

function volumesOf({ scratchGiB, pod: { secretMounts, claimMounts } }: Job): Mounted[] {
  return [
    {
      volume: { name: "scratch", emptyDir: { sizeLimit: `${scratchGiB}Gi` } },
      mountPath: SCRATCH,
      readOnly: false,
    },
    ...secretMounts.map(({ secretName, path, optional = false }, index) => ({
      volume: { name: `secret-${index + 1}`, secret: { secretName, optional } },
      mountPath: path,
      readOnly: true,
    })),
    ...claimMounts.map(({ claimName, path, enableWrites = false }, index) => ({
      volume: { name: `claim-${index + 1}`, persistentVolumeClaim: { claimName, readOnly: !enableWrites } },
      mountPath: path,
      readOnly: !enableWrites,
    })),
  ];
}
