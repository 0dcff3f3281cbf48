import type { ComputeEnvironmentSettings, ComputeSettings } from "../compute/defaults";
import { FARGATE_MEMORY, fargateMemory } from "../compute/fargate";
import { findSizes, type InstanceSize } from "../compute/instanceSizes";
import { roomForJobs } from "../compute/roomForJobs";
import type { QueueSettings } from "../queues/defaults";
import { isJobSize } from "../rules/limits";
import { type Check, type Problem, problem, when } from "../rules/problem";
import { findPlacements, type Placement, type PlacementArgs, type PlacementSettings } from "./placements";

interface Settings extends PlacementSettings {
  queues: QueueSettings[];
  compute: ComputeSettings;
}

/**
 * A job that no environment of its queue can ever run would wait forever. If an argument has several problems, the first
 * counts.
 */
export const checkPlacement: Check<PlacementArgs, Settings> = (subject) => {
  const found = new Map<string, Problem>();
  for (const placement of findPlacements(subject)) {
    const environments = findEnvironments(subject.settings, placement.queue);
    // Other checks report queues and numbers that are wrong in themselves.
    const known = environments.length > 0 && environments.every(({ maxVcpus }) => maxVcpus >= 1);
    if (!known || !isJobSize(placement.resources)) continue;
    const [first] =
      environments[0]?.jobPlatform.platform === "fargate"
        ? checkOnFargate(placement, environments)
        : checkOnInstances(placement, environments);
    if (first && !found.has(first.propertyPath)) found.set(first.propertyPath, first);
  }
  return [...found.values()];
};

function findEnvironments({ queues, compute }: Settings, name: string): ComputeEnvironmentSettings[] {
  const queue = queues.find((one) => one.name === name);
  return compute.environments.filter((environment) => queue?.environments.includes(environment.name));
}

function checkOnFargate(placement: Placement, environments: ComputeEnvironmentSettings[]): Problem[] {
  const { queue, resources, paths, memoryIsGiven } = placement;
  const { vcpus, memoryMiB, gpus } = resources;
  const sizes = FARGATE_MEMORY.get(vcpus);
  const memory = memoryIsGiven ? memoryMiB : fargateMemory(vcpus, memoryMiB);
  return [
    ...when(gpus !== undefined, {
      path: paths.gpus,
      rule: `must not request GPUs on queue ${queue}, which is on Fargate`,
      received: paths.gpus.endsWith("encoder") ? "nvenc" : gpus,
      remedy: "Fargate has no GPUs: use an environment of EC2 instances such as g6.",
    }),
    ...when(sizes === undefined, {
      path: paths.vcpus,
      rule: `must be one of ${[...FARGATE_MEMORY.keys()].join(", ")} on queue ${queue}, which is on Fargate`,
      received: vcpus,
      remedy: "Fargate has no other sizes.",
    }),
    ...tooManyVcpus(placement, environments),
    ...when(sizes !== undefined && !sizes.includes(memory), {
      path: paths.memoryMiB,
      rule: `must be a memory size that Fargate has for ${vcpus} vCPUs on queue ${queue}: ${formatSizes(sizes ?? [])}`,
      received: memory,
      remedy: "Choose one of these sizes, or change vcpus.",
    }),
  ];
}

function formatSizes(sizes: readonly number[]): string {
  const [first = 0, second = 0, third] = sizes;
  if (third === undefined || sizes.length < 4) return sizes.join(", ");
  return `${first} to ${sizes.at(-1)} in steps of ${second - first}`;
}

function checkOnInstances(placement: Placement, environments: ComputeEnvironmentSettings[]): Problem[] {
  const { path, queue, resources, scratchGiB, paths } = placement;
  const { vcpus, gpus } = resources;
  const inPods = environments[0]?.jobPlatform.platform === "eks";
  const largest = environments.filter(({ maxVcpus }) => maxVcpus >= vcpus);
  const withGpus = gpus === undefined ? largest : largest.filter((environment) => environment.gpus);
  const smallDisk = environments.find(({ diskGiB }) => diskGiB <= scratchGiB);
  return [
    ...when(!Number.isInteger(vcpus) && !inPods, {
      path: paths.vcpus,
      rule: `must be a whole number on queue ${queue}, which is on EC2 instances`,
      received: vcpus,
      remedy: "ECS allocates whole vCPUs on instances: use a number such as 1.",
    }),
    ...tooManyVcpus(placement, environments),
    ...when(largest.length > 0 && withGpus.length === 0, {
      path: paths.gpus,
      rule: `must run on a queue with GPU instances, and ${queue} has none`,
      received: paths.gpus.endsWith("encoder") ? "nvenc" : gpus,
      remedy: "Give one of its compute environments instance types such as g6.",
    }),
    ...(withGpus.length > 0 ? tooLarge(placement, withGpus) : []),
    ...when(smallDisk !== undefined, {
      path: path.startsWith("jobs.") ? `${path}.scratchGiB` : "jobs.transcode.scratchGiB",
      rule: `must be below ${smallDisk?.path}.diskGiB, which is ${smallDisk?.diskGiB}`,
      received: scratchGiB,
      remedy: "The volume is on the instance's disk: lower this, or raise diskGiB.",
    }),
  ];
}

function tooManyVcpus({ queue, resources, paths }: Placement, environments: ComputeEnvironmentSettings[]): Problem[] {
  const { vcpus } = resources;
  const most = Math.max(...environments.map(({ maxVcpus }) => maxVcpus));
  return when(vcpus > most, {
    path: paths.vcpus,
    rule: `must not exceed ${most}, the largest maxVcpus among the environments of queue ${queue}`,
    received: vcpus,
    remedy: "The job would wait forever: lower it, or raise the environment's maxVcpus.",
  });
}

/** A type or family whose sizes are unknown counts as large enough. */
function tooLarge({ queue, paths, resources }: Placement, environments: ComputeEnvironmentSettings[]): Problem[] {
  const { vcpus, memoryMiB, gpus = 0 } = resources;
  const types = environments.flatMap(({ instanceTypes, jobPlatform }) =>
    instanceTypes.map((name) => ({
      name,
      rooms: findSizes(name).map((size) => roomForJobs(jobPlatform.platform, size)),
    })),
  );
  const rooms = types.flatMap((type) => type.rooms);
  if (rooms.length === 0 || types.some((type) => type.rooms.length === 0)) return [];
  const names = `of queue ${queue}: ${types.map(({ name }) => name).join(", ")}`;
  const most = (among: InstanceSize[], what: keyof InstanceSize): string =>
    Math.max(...among.map((room) => room[what])).toLocaleString("en-US", { maximumFractionDigits: 2 });
  const remedy = "The job would wait forever: lower it, or add a larger instance type.";
  const withVcpus = rooms.filter((room) => room.vcpus >= vcpus);
  if (withVcpus.length === 0) {
    const rule = `must be at most ${most(rooms, "vcpus")}, the vCPUs that jobs can use on the instances ${names}`;
    return [problem({ path: paths.vcpus, rule, received: vcpus, remedy })];
  }
  const withGpus = withVcpus.filter((room) => room.gpus >= gpus);
  if (withGpus.length === 0) {
    const rule = `must be at most ${most(withVcpus, "gpus")}, the GPUs of the instances with ${vcpus} vCPUs ${names}`;
    return [problem({ path: paths.gpus, rule, received: gpus, remedy })];
  }
  const rule = `must be at most ${most(withGpus, "memoryMiB")}, the memory that jobs can use on the instances ${names}`;
  const fits = withGpus.some((room) => room.memoryMiB >= memoryMiB);
  return when(!fits, { path: paths.memoryMiB, rule, received: memoryMiB, remedy });
}
