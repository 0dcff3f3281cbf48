import type * as pulumi from "@pulumi/pulumi";

import type { JobKey } from "../../contract/jobs";
import { type Ladder, LADDER_VARIABLE } from "../../contract/plan";
import type { JobSettings } from "./defaults";

/** Containers with GPUs get the other capabilities of the driver by themselves, but not what NVENC needs. */
const GPU_CAPABILITIES = "NVIDIA_DRIVER_CAPABILITIES";

/** The environment variables of a job, sorted by name: their order alone must not change the job definition. */
export function listVariables(
  key: JobKey,
  job: JobSettings,
  ladder: Ladder,
): { name: string; value: pulumi.Input<string> }[] {
  const usesNvenc = ladder.renditions.some(({ encoder }) => encoder === "nvenc");
  const variables: Record<string, pulumi.Input<string>> = {
    ...(key === "transcode" && job.worker && usesNvenc ? { [GPU_CAPABILITIES]: "compute,utility,video" } : {}),
    ...job.environment,
    ...(key === "metadata" && job.worker ? { [LADDER_VARIABLE]: JSON.stringify(ladder) } : {}),
  };
  return Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}
