import type { InstanceSize } from "./instanceSizes";
import type { Platform } from "../../contract/jobPlatform";

/** The kernel's list of pages takes 64 bytes of every 4,096, and the kernel itself some more. */
const PAGE_LIST = 1 / 64;
const KERNEL_MIB = 48;
/** Batch's images set `ECS_RESERVED_MEMORY` to that. */
const ECS_AGENT_MIB = 32;
/** The kubelet keeps 255 MiB, and more for each pod that the instance could have, and evicts pods when less than 100 are free. */
const KUBELET_MIB = 255 + 100;

/**
 * The most that an instance can have for a job; what it really has is a little less, and known only once it runs.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/memory-management.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/memory-cpu-batch-eks.html
 */
export function roomFor(platform: Platform, { vcpus, memoryMiB, gpus }: InstanceSize): InstanceSize {
  const inPods = platform === "eks";
  const reserved = KERNEL_MIB + (inPods ? KUBELET_MIB : ECS_AGENT_MIB);
  return {
    vcpus: inPods ? vcpus - kubeletVcpus(vcpus) : vcpus,
    memoryMiB: Math.max(0, Math.floor(memoryMiB * (1 - PAGE_LIST)) - reserved),
    gpus,
  };
}

/** 6 % of the first vCPU, 1 % of the second, half a percent of the next two and a quarter of all others. */
function kubeletVcpus(vcpus: number): number {
  const between = (from: number, to: number): number => Math.max(0, Math.min(vcpus, to) - from);
  return 0.06 * between(0, 1) + 0.01 * between(1, 2) + 0.005 * between(2, 4) + 0.0025 * between(4, Infinity);
}
