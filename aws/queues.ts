import { lastSegment } from "../contract/arn";
import type { Account } from "./account";

/** Data of queues and compute environments, by name. */
export interface Queues {
  priorities: Record<string, number>;
  /** The environment of each queue that has only one. With several, Batch does not report where a job runs. */
  environments: Record<string, string>;
  /** Maximum vCPUs of each compute environment. */
  limits: Record<string, number>;
}

/** Reads the queues that a definition submits to, and their compute environments. */
export async function readQueues(account: Account, definition: unknown): Promise<Queues> {
  const referenced = JSON.stringify(definition).match(/arn:[\w-]+:batch:[\w-]+:\d{12}:job-queue\/[\w-]+/g) ?? [];
  const jobQueues = [...new Set(referenced)];
  const queues: Queues = { priorities: {}, environments: {}, limits: {} };
  if (jobQueues.length === 0) return queues;
  const response = await account.batch((sdk, client) => client.send(new sdk.DescribeJobQueuesCommand({ jobQueues })));
  const used = new Set<string>();
  for (const { jobQueueName = "", priority, computeEnvironmentOrder = [] } of response.jobQueues ?? []) {
    if (priority !== undefined) queues.priorities[jobQueueName] = priority;
    const environments = computeEnvironmentOrder.map(({ computeEnvironment = "" }) => computeEnvironment);
    environments.forEach((arn) => used.add(arn));
    if (environments.length === 1) queues.environments[jobQueueName] = lastSegment(environments[0]!);
  }
  if (used.size === 0) return queues;
  const { computeEnvironments = [] } = await account.batch((sdk, client) =>
    client.send(new sdk.DescribeComputeEnvironmentsCommand({ computeEnvironments: [...used] })),
  );
  for (const { computeEnvironmentName = "", computeResources } of computeEnvironments) {
    if (computeResources?.maxvCpus !== undefined) queues.limits[computeEnvironmentName] = computeResources.maxvCpus;
  }
  return queues;
}
