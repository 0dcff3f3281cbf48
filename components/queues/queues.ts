import * as batch from "@pulumi/aws/batch";
import type * as types from "@pulumi/aws/types";
import type * as pulumi from "@pulumi/pulumi";

import type { Pipeline, Queue } from "../settings";

/** The job queues by their names in the pipeline. */
export type CreatedQueues = Record<string, batch.JobQueue>;

export function createQueues(
  pipeline: Pipeline,
  environments: Record<string, batch.ComputeEnvironment>,
  parent: pulumi.Resource,
): CreatedQueues {
  const { name, queues, tags } = pipeline;
  return Object.fromEntries(
    queues.map((queue) => [
      queue.name,
      new batch.JobQueue(
        `${name}-${queue.name}-queue`,
        {
          name: queue.jobQueueName,
          priority: queue.priority,
          state: queue.enabled ? "ENABLED" : "DISABLED",
          computeEnvironmentOrders: queue.environments.flatMap((environment, index) => {
            const created = environments[environment];
            return created ? [{ order: index + 1, computeEnvironment: created.arn }] : [];
          }),
          jobStateTimeLimitActions: waitLimitsOf(queue),
          schedulingPolicyArn: createSchedulingPolicy(pipeline, queue, parent)?.arn,
          tags,
        },
        // Batch can exchange a queue's policy, but neither give it its first one nor take its last.
        { parent, replaceOnChanges: ["schedulingPolicyArn"] },
      ),
    ]),
  );
}

type WaitLimit = types.input.batch.JobQueueJobStateTimeLimitAction;

/** The provider takes an empty list for "as it was", so a queue without limits has none. */
function waitLimitsOf({ waitLimits }: Queue): WaitLimit[] | undefined {
  if (!waitLimits) return undefined;
  const cancel = (reason: string, maxTimeSeconds: number): WaitLimit => ({
    state: "RUNNABLE",
    action: "CANCEL",
    reason,
    maxTimeSeconds,
  });
  return [
    cancel("CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY", waitLimits.capacitySeconds),
    cancel("MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE", waitLimits.misfitSeconds),
    cancel("MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT", waitLimits.misfitSeconds),
  ];
}

function createSchedulingPolicy(
  { name, tags }: Pipeline,
  queue: Queue,
  parent: pulumi.Resource,
): batch.SchedulingPolicy | undefined {
  if (!queue.fairShare) return undefined;
  const { shares, decaySeconds, reservationPercent } = queue.fairShare;
  return new batch.SchedulingPolicy(
    `${name}-${queue.name}-scheduling-policy`,
    {
      fairSharePolicy: {
        shareDecaySeconds: decaySeconds,
        computeReservation: reservationPercent,
        shareDistributions: shares.map(({ identifier, weight }) => ({
          shareIdentifier: identifier,
          weightFactor: weight,
        })),
      },
      tags,
    },
    { parent },
  );
}
