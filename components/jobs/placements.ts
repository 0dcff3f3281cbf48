import type { JobKey } from "../../contract/jobs";
import type { Subject } from "../rules/problem";
import { audioQueue, queuesOfJob } from "../workflow/batch/jobVariants";
import type { JobResources, WorkflowSettings } from "../workflow/settings/settings";
import type { Jobs } from "./args";
import { type JobsSettings, listJobs } from "./defaults";

/** A job, or the jobs of a rendition, on one of its queues. */
export interface Placement {
  path: string;
  queue: string;
  resources: JobResources;
  scratchGiB: number;
  /** The arguments that the resources come from. */
  paths: { vcpus: string; memoryMiB: string; gpus: string };
  /** Memory that is not given is rounded up to a size that Fargate has. */
  memoryIsGiven: boolean;
}

export interface PlacementArgs {
  jobs?: Jobs;
  renditions?: (Partial<JobResources> & { encoder?: string })[];
}

export interface PlacementSettings {
  jobs: JobsSettings;
  stateMachine: { workflow: WorkflowSettings };
}

type PlacementSubject = Subject<PlacementArgs, PlacementSettings>;

/** Every job on every queue that it is submitted to. */
export function findPlacements(subject: PlacementSubject): Placement[] {
  return [...jobPlacements(subject), ...renditionPlacements(subject)];
}

function jobPlacements({ args, settings: { jobs, stateMachine } }: PlacementSubject): Placement[] {
  return listJobs(jobs.kinds).flatMap(([key, job]) => {
    const path = `jobs.${key}`;
    return findQueues(stateMachine.workflow, key).map((queue) => ({
      ...{ path, queue, resources: job, scratchGiB: job.scratchGiB },
      memoryIsGiven: args.jobs?.[key]?.memoryMiB !== undefined,
      paths: { vcpus: `${path}.vcpus`, memoryMiB: `${path}.memoryMiB`, gpus: `${path}.gpus` },
    }));
  });
}

function findQueues(workflow: WorkflowSettings, key: JobKey): string[] {
  if (key !== "transcode") return queuesOfJob(workflow, key);
  // Renditions with their own resources have their own placements.
  const own = workflow.renditions.every(({ resources }) => resources);
  const queues = own ? [] : queuesOfJob(workflow, key);
  return workflow.usesWorkerPlan ? [...queues, audioQueue(workflow)] : queues;
}

function renditionPlacements({ args, settings: { jobs, stateMachine } }: PlacementSubject): Placement[] {
  const { renditions, parts } = stateMachine.workflow;
  const transcode = "jobs.transcode";
  return renditions.flatMap(({ resources }, index) => {
    if (!resources) return [];
    const own = args.renditions?.[index];
    const path = `renditions[${index}]`;
    const usesNvenc = own?.encoder === "nvenc" && args.jobs?.transcode?.gpus === undefined;
    return parts.map(({ queue }) => ({
      ...{ path, queue, resources, scratchGiB: jobs.kinds.transcode.scratchGiB },
      memoryIsGiven: (own?.memoryMiB ?? args.jobs?.transcode?.memoryMiB) !== undefined,
      paths: {
        vcpus: own?.vcpus === undefined ? `${transcode}.vcpus` : `${path}.vcpus`,
        memoryMiB: own === undefined ? `${transcode}.memoryMiB` : `${path}.memoryMiB`,
        gpus: usesNvenc ? `${path}.encoder` : `${transcode}.gpus`,
      },
    }));
  });
}
