import type { ComputeEnvironment, JobQueue } from "./configuration";

/** A job that waits for vCPUs. */
export interface WaitingJob {
  vcpus: number;
  /** Order of submission over all queues. */
  sequence: number;
}

/** A queue with the jobs that wait in it, the oldest first. */
export interface WaitingQueue<J extends WaitingJob> {
  queue: JobQueue;
  jobs: readonly J[];
}

export interface Placement<J> {
  job: J;
  environment: ComputeEnvironment;
}

export interface Placements<J> {
  /** What starts now, in this order. Of every queue these are its oldest jobs. */
  started: Placement<J>[];
  /** Jobs at the head of their queue that no environment of it can ever hold. */
  stuck: J[];
}

/**
 * Which waiting jobs start now. Priority is strict: a job that has to wait keeps the environments it could run in for
 * itself, so that no job of a lower priority fills the vCPUs that it waits for. In a queue, first in goes first out; among
 * queues of one priority too. A job larger than every environment of its queue stays, and blocks that queue, as in the
 * service.
 */
export function placeJobs<J extends WaitingJob>(
  queues: readonly WaitingQueue<J>[],
  environments: readonly ComputeEnvironment[],
  used: ReadonlyMap<string, number>,
): Placements<J> {
  const byArn = new Map(environments.map((environment) => [environment.arn, environment]));
  const free = new Map(environments.map(({ arn, maxVcpus }) => [arn, maxVcpus - (used.get(arn) ?? 0)]));
  const kept = new Set<string>();
  const heads = queues.map((waiting) => ({ ...waiting, next: 0, blocked: false }));
  const result: Placements<J> = { started: [], stuck: [] };

  for (;;) {
    const head = first(heads);
    if (!head) return result;
    const job = head.jobs[head.next] as J;
    const able = head.queue.computeEnvironments
      .map((arn) => byArn.get(arn))
      .filter((environment) => environment !== undefined)
      .filter(({ enabled, maxVcpus }) => enabled && maxVcpus >= job.vcpus);
    const environment = able.find(({ arn }) => !kept.has(arn) && (free.get(arn) ?? 0) >= job.vcpus);
    if (environment) {
      free.set(environment.arn, (free.get(environment.arn) ?? 0) - job.vcpus);
      result.started.push({ job, environment });
      head.next++;
    } else {
      head.blocked = true;
      if (able.length === 0) result.stuck.push(job);
      for (const { arn } of able) kept.add(arn);
    }
  }
}

interface Head<J extends WaitingJob> extends WaitingQueue<J> {
  next: number;
  blocked: boolean;
}

/** The queue whose turn it is: the highest priority, and in it the oldest job. */
function first<J extends WaitingJob>(heads: Head<J>[]): Head<J> | undefined {
  let best: Head<J> | undefined;
  for (const head of heads) {
    if (head.blocked || head.next >= head.jobs.length) continue;
    if (!best || precedes(head, best)) best = head;
  }
  return best;
}

function precedes<J extends WaitingJob>(a: Head<J>, b: Head<J>): boolean {
  if (a.queue.priority !== b.queue.priority) return a.queue.priority > b.queue.priority;
  return (a.jobs[a.next] as J).sequence < (b.jobs[b.next] as J).sequence;
}
