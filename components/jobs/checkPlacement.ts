import { FARGATE_MEMORY, fargateMemory } from "../compute/fargate";
import { type InstanceSize, sizesOf } from "../compute/instanceSizes";
import { type ComputeEnvironment, entriesOf, type Pipeline } from "../settings";
import type { JobResources } from "../workflow/settings/settings";
import { audioQueue } from "../workflow/batch/jobVariants";
import { type Check, type Problem, problem, type Subject, when } from "../rules/problem";
import { roomFor } from "../compute/room";

/** A job, or the jobs of a rendition, on one of its queues. */
interface Placed {
  path: string;
  queue: string;
  resources: JobResources;
  scratchGiB: number;
  /** Where each of them was said; a memory that nobody chose is rounded up to one that Fargate has. */
  paths: { vcpus: string; memoryMiB: string; gpus: string };
  memoryIsGiven: boolean;
}

/** A job that no environment of its queue can ever run would wait for ever. The first thing that is wrong is told. */
export const checkPlacement: Check = (subject) => {
  const found = new Map<string, Problem>();
  for (const placed of placedJobs(subject)) {
    const environments = environmentsOf(subject.pipeline, placed.queue);
    // What is wrong with queues or numbers in themselves is said elsewhere.
    if (environments.length === 0 || !isSound(placed.resources, environments)) continue;
    const [first] =
      environments[0]?.site.platform === "fargate"
        ? onFargate(placed, environments)
        : onInstances(placed, environments);
    if (first && !found.has(first.propertyPath)) found.set(first.propertyPath, first);
  }
  return [...found.values()];
};

function placedJobs({ args, pipeline }: Subject): Placed[] {
  const { jobs, renditions, parts, firstQueue, lastQueue, usesWorkerPlan } = pipeline;
  const queuesOf = {
    metadata: [firstQueue],
    features: [lastQueue],
    // With resources of its own, every rendition is looked at below.
    transcode: renditions.every(({ resources }) => resources) ? [] : parts.map(({ queue }) => queue),
    package: [firstQueue],
  };
  const ofJobs = entriesOf(jobs).flatMap(([key, job]) => {
    const own = args.jobs?.[key];
    const queues = key === "transcode" && usesWorkerPlan ? [...queuesOf[key], audioQueue(pipeline)] : queuesOf[key];
    const path = `jobs.${key}`;
    return queues.map((queue): Placed => ({
      ...{ path, queue, resources: job, scratchGiB: job.scratchGiB, memoryIsGiven: own?.memoryMiB !== undefined },
      paths: { vcpus: `${path}.vcpus`, memoryMiB: `${path}.memoryMiB`, gpus: `${path}.gpus` },
    }));
  });
  const ofRenditions = renditions.flatMap(({ resources }, index) => {
    const own = args.renditions?.[index];
    const path = `renditions[${index}]`;
    const transcode = "jobs.transcode";
    const ownGpus = own?.encoder === "nvenc" && args.jobs?.transcode?.gpus === undefined;
    return parts.flatMap(({ queue }): Placed[] =>
      resources === undefined
        ? []
        : [
            {
              ...{ path, queue, resources, scratchGiB: jobs.transcode.scratchGiB },
              memoryIsGiven: (own?.memoryMiB ?? args.jobs?.transcode?.memoryMiB) !== undefined,
              paths: {
                vcpus: own?.vcpus === undefined ? `${transcode}.vcpus` : `${path}.vcpus`,
                memoryMiB:
                  own?.memoryMiB === undefined && own === undefined ? `${transcode}.memoryMiB` : `${path}.memoryMiB`,
                gpus: ownGpus ? `${path}.encoder` : `${transcode}.gpus`,
              },
            },
          ],
    );
  });
  return [...ofJobs, ...ofRenditions];
}

function environmentsOf({ queues, computeEnvironments }: Pipeline, name: string): ComputeEnvironment[] {
  const queue = queues.find((one) => one.name === name);
  return computeEnvironments.filter((environment) => queue?.environments.includes(environment.name));
}

function isSound({ vcpus, memoryMiB }: JobResources, environments: ComputeEnvironment[]): boolean {
  const known = vcpus === 0.25 || vcpus === 0.5 || (Number.isInteger(vcpus) && vcpus >= 1 && vcpus <= 256);
  return known && memoryMiB >= 128 && environments.every(({ maxVcpus }) => maxVcpus >= 1);
}

function onFargate({ queue, resources, paths, memoryIsGiven }: Placed, environments: ComputeEnvironment[]): Problem[] {
  const { vcpus, memoryMiB, gpus } = resources;
  const sizes = FARGATE_MEMORY.get(vcpus);
  const memory = memoryIsGiven ? memoryMiB : fargateMemory(vcpus, memoryMiB);
  return [
    ...when(gpus !== undefined, () =>
      problem(
        paths.gpus,
        `must not ask for GPUs on queue ${queue}, which is on Fargate`,
        paths.gpus.endsWith("encoder") ? "nvenc" : gpus,
        "Fargate has none: use an environment of EC2 instances such as g6.",
      ),
    ),
    ...when(sizes === undefined, () =>
      problem(
        paths.vcpus,
        `must be one of ${[...FARGATE_MEMORY.keys()].join(", ")} on queue ${queue}, which is on Fargate`,
        vcpus,
        "Fargate has no other sizes.",
      ),
    ),
    ...tooManyVcpus(paths.vcpus, queue, vcpus, environments),
    ...when(sizes !== undefined && !sizes.includes(memory), () =>
      problem(
        paths.memoryMiB,
        `must be a memory that Fargate has for ${vcpus} vCPUs, on queue ${queue}: ${shown(sizes ?? [])}`,
        memory,
        "Choose one of them, or other vCPUs.",
      ),
    ),
  ];
}

function shown(sizes: readonly number[]): string {
  const [first = 0, second = 0, third] = sizes;
  if (third === undefined || sizes.length < 4) return sizes.join(", ");
  return `${first} to ${sizes.at(-1)} in steps of ${second - first}`;
}

function onInstances(placed: Placed, environments: ComputeEnvironment[]): Problem[] {
  const { path, queue, resources, scratchGiB, paths } = placed;
  const { vcpus, gpus } = resources;
  const inPods = environments[0]?.site.platform === "eks";
  const largest = environments.filter(({ maxVcpus }) => maxVcpus >= vcpus);
  const withGpus = gpus === undefined ? largest : largest.filter((environment) => environment.gpus);
  const smallDisk = environments.find(({ diskGiB }) => diskGiB <= scratchGiB);
  return [
    ...when(!Number.isInteger(vcpus) && !inPods, () =>
      problem(
        paths.vcpus,
        `must be a whole number on queue ${queue}, which is on EC2 instances`,
        vcpus,
        "ECS divides instances by whole vCPUs: take for example 1.",
      ),
    ),
    ...tooManyVcpus(paths.vcpus, queue, vcpus, environments),
    ...when(largest.length > 0 && withGpus.length === 0, () =>
      problem(
        paths.gpus,
        `must run on a queue with GPU instances, which ${queue} has not`,
        paths.gpus.endsWith("encoder") ? "nvenc" : gpus,
        "Give one of its compute environments instance types such as g6.",
      ),
    ),
    ...(withGpus.length > 0 ? tooLarge(placed, withGpus) : []),
    ...when(smallDisk !== undefined, () =>
      problem(
        path.startsWith("jobs.") ? `${path}.scratchGiB` : "jobs.transcode.scratchGiB",
        `must be below ${smallDisk?.path}.diskGiB, which is ${smallDisk?.diskGiB}`,
        scratchGiB,
        "The volume is on the instance's disk: lower it, or raise the disk.",
      ),
    ),
  ];
}

function tooManyVcpus(path: string, queue: string, vcpus: number, environments: ComputeEnvironment[]): Problem[] {
  const most = Math.max(...environments.map(({ maxVcpus }) => maxVcpus));
  return when(vcpus > most, () =>
    problem(
      path,
      `must not be above ${most}, the most vCPUs of an environment of queue ${queue}`,
      vcpus,
      "The job would wait for ever: lower it, or raise maxVcpus of the environment.",
    ),
  );
}

/** A type or family whose sizes are not known is taken for large enough. */
function tooLarge({ queue, paths, resources }: Placed, environments: ComputeEnvironment[]): Problem[] {
  const { vcpus, memoryMiB, gpus = 0 } = resources;
  const types = environments.flatMap(({ instanceTypes, site }) =>
    instanceTypes.map((name) => ({ name, rooms: sizesOf(name).map((size) => roomFor(site.platform, size)) })),
  );
  const rooms = types.flatMap((type) => type.rooms);
  if (rooms.length === 0 || types.some((type) => type.rooms.length === 0)) return [];
  const names = `of queue ${queue}: ${types.map(({ name }) => name).join(", ")}`;
  const most = (among: InstanceSize[], what: keyof InstanceSize): string =>
    Math.max(...among.map((room) => room[what])).toLocaleString("en-US", { maximumFractionDigits: 2 });
  const remedy = "The job would wait for ever: lower it, or add a larger instance type.";
  const withVcpus = rooms.filter((room) => room.vcpus >= vcpus);
  if (withVcpus.length === 0) {
    const rule = `must be at most ${most(rooms, "vcpus")}, which is what instances have for jobs ${names}`;
    return [problem(paths.vcpus, rule, vcpus, remedy)];
  }
  const withGpus = withVcpus.filter((room) => room.gpus >= gpus);
  if (withGpus.length === 0) {
    const rule = `must be at most ${most(withVcpus, "gpus")}, the GPUs of instances with ${vcpus} vCPUs ${names}`;
    return [problem(paths.gpus, rule, gpus, remedy)];
  }
  return when(!withGpus.some((room) => room.memoryMiB >= memoryMiB), () => {
    const rule = `must be at most ${most(withGpus, "memoryMiB")}, which is what instances have for jobs ${names}`;
    return problem(paths.memoryMiB, rule, memoryMiB, remedy);
  });
}
