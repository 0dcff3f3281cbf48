import type { InstanceSize } from "./instanceSizes";
import type { Platform } from "../../contract/jobPlatform";

/** The kernel describes each page of 4,096 bytes in 64, and takes some more for itself. */
const PAGE_LIST = 1 / 64;
const KERNEL_MIB = 48;
/** What Batch's images set `ECS_RESERVED_MEMORY` to. */
const ECS_AGENT_MIB = 32;
/** The kubelet keeps 255 MiB, more for each pod that the instance could have, and evicts pods when less than 100 MiB are free. */
const KUBELET_MIB = 255 + 100;

/**
 * The most that an instance can have for jobs. What it really has is a little less, and known only once it runs.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/memory-management.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/memory-cpu-batch-eks.html
 */
export function roomForJobs(platform: Platform, { vcpus, memoryMiB, gpus }: InstanceSize): InstanceSize {
  const inPods = platform === "eks";
  const reserved = KERNEL_MIB + (inPods ? KUBELET_MIB : ECS_AGENT_MIB);
  return {
    vcpus: inPods ? vcpus - kubeletVcpus(vcpus) : vcpus,
    memoryMiB: Math.max(0, Math.floor(memoryMiB * (1 - PAGE_LIST)) - reserved),
    gpus,
  };
}

/** 6 % of the first vCPU, 1 % of the second, 0.5 % of the next two, and 0.25 % of all others. */
function kubeletVcpus(vcpus: number): number {
  const between = (from: number, to: number): number => Math.max(0, Math.min(vcpus, to) - from);
  return 0.06 * between(0, 1) + 0.01 * between(1, 2) + 0.005 * between(2, 4) + 0.0025 * between(4, Infinity);
}
