const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024);

/**
 * The memory sizes in MiB that Fargate offers for each number of vCPUs.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html
 */
export const FARGATE_MEMORY: ReadonlyMap<number, readonly number[]> = new Map([
  [0.25, [512, 1024, 2048]],
  [0.5, range(1, 4, 1)],
  [1, range(2, 8, 1)],
  [2, range(4, 16, 1)],
  [4, range(8, 30, 1)],
  [8, range(16, 60, 4)],
  [16, range(32, 120, 8)],
]);

/** The smallest size with at least `memoryMiB`, or `memoryMiB` itself where Fargate has none. */
export function fargateMemory(vcpus: number, memoryMiB: number): number {
  return FARGATE_MEMORY.get(vcpus)?.find((size) => size >= memoryMiB) ?? memoryMiB;
}
