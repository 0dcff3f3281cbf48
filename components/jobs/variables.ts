import type * as pulumi from "@pulumi/pulumi";

import type { JobKey } from "../../contract/jobs";
import { LADDER_VARIABLE } from "../../contract/plan";
import type { ContainerContext } from "./containerContext";
import type { JobSettings } from "./defaults";

/** Containers with GPUs get the other capabilities of the driver by themselves, but not what NVENC needs. */
const GPU_CAPABILITIES = "NVIDIA_DRIVER_CAPABILITIES";

/** ECS agents before 1.104.0 put it into no container, and Batch keeps the agents of a compute environment as they are. */
const REGION = "AWS_REGION";

/** The environment variables of a job, sorted by name: their order alone must not change the job definition. */
export function listVariables(
  key: JobKey,
  job: JobSettings,
  { region, settings: { ladder } }: ContainerContext,
): { name: string; value: pulumi.Input<string> }[] {
  const usesNvenc = ladder.renditions.some(({ encoder }) => encoder === "nvenc");
  const variables: Record<string, pulumi.Input<string>> = {
    [REGION]: region,
    ...(key === "transcode" && job.worker && usesNvenc ? { [GPU_CAPABILITIES]: "compute,utility,video" } : {}),
    ...job.environment,
    ...(key === "metadata" && job.worker ? { [LADDER_VARIABLE]: JSON.stringify(ladder) } : {}),
  };
  return Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value }));
}
