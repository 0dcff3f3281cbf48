import type { Attempt, JobIdentity, JobStatus } from "../../../contract/events";
import type { JobDefinition, JobQueue, RetryStrategy } from "../api/configuration";
import type { ContainerPlan } from "./container";
import type { Submission } from "../api/submission";

interface JobCommon {
  id: string;
  name: string;
  queue: JobQueue;
  definition: JobDefinition;
  submission: Submission;
  container: ContainerPlan;
  retryStrategy: RetryStrategy;
  status: JobStatus;
  statusReason?: string;
  createdAt: number;
  startedAt?: number;
  stoppedAt?: number;
  /** Resolves when the job has ended and its processes are gone. */
  ended: Promise<void>;
  end: () => void;
}

/** A job with its own container: a plain job, or a child of an array job. */
export interface ContainerJob extends JobCommon {
  kind: "container";
  sequence: number;
  vcpus: number;
  /** Empty on queues without shares. */
  share: string;
  schedulingPriority: number;
  parent?: ArrayJob;
  arrayIndex?: number;
  attempts: Attempt[];
  /** Aborting it with a reason terminates the job. */
  termination: AbortController;
  /** Path of the running attempt's log. */
  log?: string;
}

export interface ArrayJob extends JobCommon {
  kind: "array";
  children: ContainerJob[];
  /** Number of children that have not ended. */
  remaining: number;
}

export type Job = ContainerJob | ArrayJob;

export function identityOf(job: Job): JobIdentity {
  return {
    id: job.id,
    name: job.name,
    queue: job.queue.name,
    definition: job.definition.name,
    vcpus: job.container.vcpus,
    ...(job.kind === "array" ? { arraySize: job.children.length } : {}),
    ...(job.kind === "container" && job.parent ? { parentId: job.parent.id, arrayIndex: job.arrayIndex } : {}),
  };
}

export function hasEnded({ status }: Job): boolean {
  return status === "SUCCEEDED" || status === "FAILED";
}
