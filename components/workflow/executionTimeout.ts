import { BATCH_TROUBLE, longestWait, S3_TROUBLE, SNS_TROUBLE } from "./asl/retry";
import { BOOKKEEPING_SECONDS, CALL_SECONDS } from "./asl/timeouts";
import { SHORTEST_SECONDS } from "./jsonata/jobs";
import type { WorkflowSettings } from "./settings/settings";

type Limits = Pick<WorkflowSettings, "timeoutSeconds" | "approval">;

/** What people take for their answer comes on top of the work, and the notice of a failure on top of both. */
export function executionTimeout(settings: Limits): number {
  return settings.timeoutSeconds + (settings.approval?.timeoutSeconds ?? 0) + secondsForNotice(settings);
}

/**
 * Seconds on top of the steps' time, so that the notice of a failure is sent before the whole execution ends: all that
 * may follow after a job whose time was just not up. It is recorded as done, or the plan is read; somebody is asked;
 * the next job, which has no more than a second, is submitted with all retries; the cause is read, and the notice
 * published.
 */
function secondsForNotice({ approval }: Limits): number {
  const readPlan = longestWait(S3_TROUBLE) + CALL_SECONDS;
  const ask = approval ? longestWait(SNS_TROUBLE) : 0;
  const submit = longestWait(BATCH_TROUBLE) + SHORTEST_SECONDS;
  const notify = BOOKKEEPING_SECONDS + longestWait(SNS_TROUBLE) + CALL_SECONDS;
  return Math.max(BOOKKEEPING_SECONDS, readPlan) + ask + submit + notify;
}
