import type { Template } from "../asl/states";
import { expression } from "../jsonata/code";
import { givenPriority, givenShare, priorityInShare, shareOnQueue } from "../jsonata/jobs";
import type { WorkflowSettings } from "../settings/settings";

/**
 * What fair-share queues want to know of a job. Batch refuses both on a queue without a scheduling policy, and refuses
 * a job without a share on a queue with one, or without a priority. Step Functions passes both on: that is seen in
 * production, where a new share now and then costs a `Batch.ServerException`, which is retried.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html
 * @see https://github.com/ASFHyP3/hyp3/pull/802
 */
export function shareOf(
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

/** The same two as variables, for the states after the first. None where no queue knows shares. */
export function shareVariables({ queues }: WorkflowSettings): Record<string, Template> {
  if (!queues.some(({ fairShare }) => fairShare)) return {};
  return { share: expression(givenShare()), schedulingPriority: expression(givenPriority()) };
}
