import * as batch from "@pulumi/aws/batch";
import type * as types from "@pulumi/aws/types";

import type { Context } from "../context/context";
import type { QueueSettings } from "./defaults";
import { groupForEventRules } from "./eventRuleGroups";

export interface CreatedQueues {
  /** The job queues by their names in the pipeline. */
  byName: Record<string, batch.JobQueue>;
  /** The same queues, in groups that fit into the pattern of one EventBridge rule. */
  eventRuleGroups: batch.JobQueue[][];
}

export function createQueues(
  context: Context,
  queues: QueueSettings[],
  environments: Record<string, batch.ComputeEnvironment>,
): CreatedQueues {
  const { name, tags, parent } = context;
  const created = new Map(
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
          jobStateTimeLimitActions: waitLimitActions(queue),
          schedulingPolicyArn: createSchedulingPolicy(context, queue)?.arn,
          tags,
        },
        // Batch can replace a queue's policy by another, but neither add the first nor remove the last.
        { parent, replaceOnChanges: ["schedulingPolicyArn"] },
      ),
    ]),
  );
  return {
    byName: Object.fromEntries(created),
    eventRuleGroups: groupForEventRules(name, queues).map((group) => group.map((queue) => created.get(queue)!)),
  };
}

type WaitLimit = types.input.batch.JobQueueJobStateTimeLimitAction;

/** For the provider an empty list means no change, so a queue without limits has no list. */
function waitLimitActions({ waitLimits }: QueueSettings): WaitLimit[] | undefined {
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
  { name, tags, parent }: Context,
  queue: QueueSettings,
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

/** Only many queues need more than one of a resource: the first is named as if it were the only one. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
