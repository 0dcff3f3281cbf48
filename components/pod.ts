import type * as types from "@pulumi/aws/types";

import type { Job, Pipeline } from "./pipeline";
import { SCRATCH, type Surroundings } from "./surroundings";
import { variablesOf } from "./variables";
import type { Definition } from "./workflow/definitions";

/**
 * A pod on EKS. Permissions come from its service account, and logs go where the cluster sends them.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainer.html
 */
export function podOf(
  pipeline: Pipeline,
  definition: Definition,
  job: Job,
  { image, logPrefix, serviceAccountName }: Surroundings,
): types.input.batch.JobDefinitionEksProperties {
  const { vcpus, memoryMiB, gpus } = definition.resources ?? job;
  // Limits and requests of memory have to be equal, and those of GPUs.
  const quantities = {
    cpu: String(vcpus),
    memory: `${memoryMiB}Mi`,
    ...(gpus === undefined ? {} : { "nvidia.com/gpu": String(gpus) }),
  };
  return {
    podProperties: {
      // Pods on the host's network would share its ports and its identity.
      hostNetwork: false,
      serviceAccountName,
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
          volumeMounts: [{ name: "scratch", mountPath: SCRATCH }],
        },
      ],
      volumes: [{ name: "scratch", emptyDir: { sizeLimit: `${job.scratchGiB}Gi` } }],
      metadata: { labels: { "video-batch-pipeline/job": logPrefix } },
    },
  };
}
