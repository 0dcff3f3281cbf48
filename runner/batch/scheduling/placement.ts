import type { ComputeEnvironment, JobQueue } from "../api/configuration";
import { nextSharedJob, reservedVcpus, type ShareUsage } from "./fairShare";

/** A job that is waiting for vCPUs. */
export interface WaitingJob {
  vcpus: number;
  /** Position in the order of submission across all queues. */
  sequence: number;
  /** Empty on queues without shares. */
  share: string;
  schedulingPriority: number;
}

/** A queue with its waiting jobs, oldest first. */
export interface WaitingQueue<J extends WaitingJob> {
  queue: JobQueue;
  jobs: readonly J[];
  /** Use of its shares, on a queue with shares. */
  usage?: ShareUsage;
}

export interface Placement<J> {
  job: J;
  environment: ComputeEnvironment;
}

export interface Placements<J> {
  /** The jobs to start now, in this order. On queues without shares these are the oldest jobs. */
  started: Placement<J>[];
  /** Jobs at the head of their queue that are too large for all its environments. */
  stuck: J[];
  /** Jobs at the head of their queue that fit an environment, but no such environment has capacity. */
  starved: J[];
}

/**
 * Selects the waiting jobs to start now. Priority is strict: a waiting job reserves the environments that it can run in, so that
 * no job of a lower priority takes the vCPUs that it waits for. A queue without shares is first in, first out, and so are queues
 * of equal priority. An environment without capacity is skipped for the next one in the queue's order. A job larger than every
 * environment of its queue stays and blocks the queue, as in the service.
 */
export function placeJobs<J extends WaitingJob>(
  queues: readonly WaitingQueue<J>[],
  environments: readonly ComputeEnvironment[],
  used: ReadonlyMap<string, number>,
  hasMachines: (environment: string) => boolean = () => true,
): Placements<J> {
  const byArn = new Map(environments.map((environment) => [environment.arn, environment]));
  const free = new Map(environments.map(({ arn, maxVcpus }) => [arn, maxVcpus - (used.get(arn) ?? 0)]));
  const reserved = new Set<string>();
  const heads = queues.map((waiting): Head<J> => ({
    queue: waiting.queue,
    waiting: [...waiting.jobs],
    usage: waiting.usage && { past: waiting.usage.past, running: new Map(waiting.usage.running) },
    blocked: false,
  }));
  const result: Placements<J> = { started: [], stuck: [], starved: [] };

  for (;;) {
    const head = nextHead(heads);
    if (!head) return result;
    const job = nextJob(head) as J;
    const candidates = head.queue.computeEnvironments
      .map((arn) => byArn.get(arn))
      .filter((environment) => environment !== undefined)
      .filter(({ enabled, maxVcpus }) => enabled && maxVcpus >= job.vcpus);
    const environment = candidates.find(
      ({ arn }) => hasMachines(arn) && !reserved.has(arn) && (free.get(arn) ?? 0) >= job.vcpus,
    );
    if (environment && !exceedsShare(head, job, candidates)) {
      free.set(environment.arn, (free.get(environment.arn) ?? 0) - job.vcpus);
      result.started.push({ job, environment });
      head.waiting.splice(head.waiting.indexOf(job), 1);
      head.usage?.running.set(job.share, (head.usage.running.get(job.share) ?? 0) + job.vcpus);
    } else {
      head.blocked = true;
      if (candidates.length === 0) result.stuck.push(job);
      else if (!candidates.some(({ arn }) => hasMachines(arn))) result.starved.push(job);
      // Other queues can use the vCPUs that this queue reserves for inactive shares.
      if (!environment) for (const { arn } of candidates) reserved.add(arn);
    }
  }
}

interface Head<J extends WaitingJob> {
  queue: JobQueue;
  waiting: J[];
  usage?: { past: ShareUsage["past"]; running: Map<string, number> };
  blocked: boolean;
}

function nextJob<J extends WaitingJob>({ queue, waiting, usage }: Head<J>): J | undefined {
  return queue.fairShare && usage ? nextSharedJob(waiting, queue.fairShare, usage) : waiting[0];
}

/** Whether the job would take vCPUs that the policy reserves for inactive shares. */
function exceedsShare<J extends WaitingJob>(
  { queue, waiting, usage }: Head<J>,
  job: J,
  environments: readonly ComputeEnvironment[],
): boolean {
  if (!queue.fairShare || !usage || (usage.running.get(job.share) ?? 0) === 0) return false;
  const running = [...usage.running].filter(([, vcpus]) => vcpus > 0);
  const active = new Set([...running.map(([share]) => share), ...waiting.map(({ share }) => share)]).size;
  const all = environments.reduce((sum, { maxVcpus }) => sum + maxVcpus, 0);
  const used = running.reduce((sum, [, vcpus]) => sum + vcpus, 0);
  return used + job.vcpus > all - reservedVcpus(queue.fairShare, all, active);
}

/** The next queue: the one with the highest priority, and among equal priorities the one whose next job is oldest. */
function nextHead<J extends WaitingJob>(heads: Head<J>[]): Head<J> | undefined {
  let best: { head: Head<J>; sequence: number } | undefined;
  for (const head of heads) {
    if (head.blocked || head.waiting.length === 0) continue;
    if (best && best.head.queue.priority > head.queue.priority) continue;
    const sequence = (nextJob(head) as J).sequence;
    if (!best || best.head.queue.priority < head.queue.priority || sequence < best.sequence) best = { head, sequence };
  }
  return best?.head;
}
