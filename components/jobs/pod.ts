import type * as types from "@pulumi/aws/types";
import type * as pulumi from "@pulumi/pulumi";

import type { JobVariant } from "../workflow/batch/jobVariants";
import { type ContainerContext, SCRATCH } from "./containerContext";
import type { JobSettings } from "./defaults";
import { listVariables } from "./variables";

type EksProperties = types.input.batch.JobDefinitionEksProperties;
type PodProperties = types.input.batch.JobDefinitionEksPropertiesPodProperties;
type Volume = types.input.batch.JobDefinitionEksPropertiesPodPropertiesVolume & { name: string };

/** A volume that Batch supports, and the provider's own resource doesn't. */
interface ClaimVolume {
  name: string;
  persistentVolumeClaim: { claimName: pulumi.Input<string>; readOnly: boolean };
}

export interface PodDescription<V = Volume | ClaimVolume> {
  podProperties: Omit<PodProperties, "volumes"> & { volumes: V[] };
}

/** Whether the provider's own resource supports everything that the pod has. */
export function hasNoClaims(pod: PodDescription): pod is PodDescription<Volume> & EksProperties {
  return pod.podProperties.volumes.every((volume) => !("persistentVolumeClaim" in volume));
}

/**
 * A pod on EKS. Permissions come from its service account, and logs go where the cluster sends them.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainer.html
 */
export function describePod(variant: JobVariant, job: JobSettings, context: ContainerContext): PodDescription {
  const { vcpus, memoryMiB, gpus } = variant.resources ?? job;
  // The limits and requests of memory have to be equal, and those of GPUs too.
  const quantities = {
    cpu: String(vcpus),
    memory: `${memoryMiB}Mi`,
    ...(gpus === undefined ? {} : { "nvidia.com/gpu": String(gpus) }),
  };
  const mounts = listMounts(job);
  return {
    podProperties: {
      // On the host's network, a pod would share the host's ports and identity.
      hostNetwork: false,
      serviceAccountName: job.pod.serviceAccountName ?? context.settings.serviceAccountName,
      containers: [
        {
          name: "job",
          image: context.image,
          commands: variant.command ?? job.command,
          envs: listVariables(variant.job, job, context),
          resources: { limits: quantities, requests: quantities },
          securityContext: {
            privileged: false,
            allowPrivilegeEscalation: false,
            readOnlyRootFileSystem: !job.writableRoot,
            ...(job.userId === undefined
              ? {}
              : { runAsUser: job.userId, runAsGroup: job.userId, runAsNonRoot: job.userId !== 0 }),
          },
          volumeMounts: mounts.map(({ volume, mountPath, readOnly }) => ({
            name: volume.name,
            mountPath,
            ...(readOnly ? { readOnly } : {}),
          })),
        },
      ],
      volumes: mounts.map(({ volume }) => volume),
      metadata: { labels: { "video-batch-pipeline/job": context.logPrefix } },
    },
  };
}

interface Mount {
  volume: Volume | ClaimVolume;
  mountPath: string;
  readOnly: boolean;
}

function listMounts({ scratchGiB, pod: { secretMounts, claimMounts } }: JobSettings): Mount[] {
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
