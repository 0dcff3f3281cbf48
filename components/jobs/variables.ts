import type * as pulumi from "@pulumi/pulumi";

import type { Job, Pipeline } from "../settings";
import type { JobVariant } from "../workflow/batch/jobVariants";
import { LADDER_VARIABLE } from "../../contract/plan";

/** What NVENC needs of the driver, besides what containers with GPUs get by themselves. */
const GPU_CAPABILITIES = "NVIDIA_DRIVER_CAPABILITIES";

/** The environment variables of a job, the user's and ours, sorted by name so that their order is no change. */
export function variablesOf(
  { ladder, renditions }: Pipeline,
  { job: key }: JobVariant,
  job: Job,
): { name: string; value: pulumi.Input<string> }[] {
  const encodesOnGpu = key === "transcode" && job.worker && renditions.some(({ encoder }) => encoder === "nvenc");
  const variables: Record<string, pulumi.Input<string>> = {
    ...(encodesOnGpu ? { [GPU_CAPABILITIES]: "compute,utility,video" } : {}),
    ...job.environment,
    ...(key === "metadata" && job.worker ? { [LADDER_VARIABLE]: JSON.stringify(ladder) } : {}),
  };
  return Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}
