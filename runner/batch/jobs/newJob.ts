import type { BatchConfiguration, JobDefinition, JobQueue } from "../api/configuration";
import { planContainer } from "./container";
import { BatchClientError } from "../api/errors";
import type { ArrayJob, ContainerJob, Job } from "./job";
import { readSubmission, type Submission } from "../api/submission";

export interface NewJobContext {
  configuration: BatchConfiguration;
  id: string;
  now: number;
  nextSequence: () => number;
}

/** Creates the job of a SubmitJob call, with its children if it is an array job. */
export function createJob(args: unknown, { configuration, id, now, nextSequence }: NewJobContext): Job {
  const submission = readSubmission(args);
  const queue = findQueue(configuration, submission.jobQueue);
  checkShare(queue, submission);
  const definition = findDefinition(configuration, submission.jobDefinition);
  const container = planContainer(definition, submission);
  const common = (jobId: string) => ({
    id: jobId,
    name: submission.jobName,
    queue,
    definition,
    submission,
    container,
    retryStrategy: submission.retryStrategy ?? definition.retryStrategy,
    status: "SUBMITTED" as const,
    createdAt: now,
    ...deferredEnd(),
  });
  const containerJob = (jobId: string, child: Pick<ContainerJob, "parent" | "arrayIndex"> = {}): ContainerJob => ({
    ...common(jobId),
    kind: "container",
    sequence: nextSequence(),
    vcpus: container.vcpus,
    share: submission.shareIdentifier ?? "",
    schedulingPriority: submission.schedulingPriority ?? 0,
    attempts: [],
    termination: new AbortController(),
    ...child,
  });
  if (submission.arraySize === undefined) return containerJob(id);
  const parent: ArrayJob = { ...common(id), kind: "array", children: [], remaining: submission.arraySize };
  for (let index = 0; index < submission.arraySize; index++) {
    parent.children.push(containerJob(`${id}:${index}`, { parent, arrayIndex: index }));
  }
  return parent;
}

function deferredEnd(): { ended: Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { ended, end };
}

function findQueue({ queues }: BatchConfiguration, reference: string): JobQueue {
  const queue = queues.find(({ arn, name }) => arn === reference || name === reference);
  if (!queue) {
    const known = queues.map(({ name }) => name).join(", ") || "none";
    throw new BatchClientError(`There is no job queue ${reference}. The program has: ${known}.`);
  }
  if (!queue.enabled) {
    throw new BatchClientError(`Job queue ${queue.name} is disabled and takes no jobs. Set its state to ENABLED.`);
  }
  return queue;
}

/** A queue with a scheduling policy requires a share, and a queue without one rejects it. */
function checkShare({ name, fairShare }: JobQueue, { shareIdentifier, schedulingPriority }: Submission): void {
  if (fairShare && shareIdentifier === undefined) {
    throw new BatchClientError(`Job queue ${name} has a scheduling policy, so a job must have a ShareIdentifier.`);
  }
  if (!fairShare && (shareIdentifier !== undefined || schedulingPriority !== undefined)) {
    const field = shareIdentifier === undefined ? "SchedulingPriorityOverride" : "ShareIdentifier";
    throw new BatchClientError(`Job queue ${name} has no scheduling policy, so a job can't have a ${field}.`);
  }
}

/** Finds a job definition by ARN or name. Without a revision it is the latest one. */
function findDefinition({ jobDefinitions }: BatchConfiguration, reference: string): JobDefinition {
  const matching = jobDefinitions
    .filter(({ arn, name, revision }) =>
      [arn, arn.replace(/:\d+$/, ""), name, `${name}:${revision}`].includes(reference),
    )
    .sort((a, b) => b.revision - a.revision);
  const definition = matching[0];
  if (!definition) {
    const known = jobDefinitions.map(({ name }) => name).join(", ") || "none";
    throw new BatchClientError(`There is no job definition ${reference}. The program has: ${known}.`);
  }
  return definition;
}
