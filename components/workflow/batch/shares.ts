import type { Template } from "../asl/states";
import { expression } from "../jsonata/code";
import { givenPriority, givenShare, priorityInShare, shareOnQueue } from "../jsonata/jobs";
import type { WorkflowSettings } from "../settings/settings";

/**
 * The share and the priority of a job. On a queue with a scheduling policy Batch requires both, and on a queue without
 * one it refuses both. Step Functions passes them on: others run it in production, where a new share occasionally
 * causes a `Batch.ServerException`, which is retried.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html
 * @see https://github.com/ASFHyP3/hyp3/pull/802
 */
export function shareArguments(
  { queues }: WorkflowSettings,
  queue: string,
  from: "input" | "variables",
): Record<string, Template> {
  const share = queues.find(({ name }) => name === queue)?.fairShare;
  if (!share) return {};
  return {
    ShareIdentifier: expression(shareOnQueue(from, share.defaultShare)),
    SchedulingPriorityOverride: expression(priorityInShare(from)),
  };
}

/** The same two as variables, for the states after the first. None if no queue has shares. */
export function shareVariables({ queues }: WorkflowSettings): Record<string, Template> {
  if (!queues.some(({ fairShare }) => fairShare)) return {};
  return { share: expression(givenShare()), schedulingPriority: expression(givenPriority()) };
}
