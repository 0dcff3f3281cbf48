import { BATCH_RETRIES, EVENT_RETRIES, maxRetryWait, S3_RETRIES, SNS_RETRIES } from "./asl/retry";
import { BOOKKEEPING_SECONDS, CALL_SECONDS } from "./asl/timeouts";
import { MIN_SECONDS } from "./jsonata/jobs";
import type { WorkflowSettings } from "./settings/settings";

/** Those that the state machine sends of one video: that it is planned, that it is published, and that its notice failed. */
const EVENTS_OF_EXECUTION = 3;

type Limits = Pick<WorkflowSettings, "timeoutSeconds" | "approval" | "sendsEvents">;

/** The time for the work, plus the time for an approval, plus the time for the notice of a failure. */
export function executionTimeout(settings: Limits): number {
  return settings.timeoutSeconds + (settings.approval?.timeoutSeconds ?? 0) + secondsForNotice(settings);
}

/**
 * Seconds on top of the steps' time, so that the notice of a failure is sent before the whole execution times out. It
 * covers everything that may follow a job that finished just in time: the plan is read; approval is asked for; the next
 * job, which has a second left, is submitted with all retries; the cause is read, and the notice is published. That is more than what
 * follows packaging: its report is read, and a notice is published, or another one of its failure. Between them at most three events are
 * sent, which nothing waits for any longer than this.
 */
function secondsForNotice({ approval, sendsEvents }: Limits): number {
  const readPlan = maxRetryWait(S3_RETRIES) + CALL_SECONDS;
  const ask = approval ? maxRetryWait(SNS_RETRIES) : 0;
  const submit = maxRetryWait(BATCH_RETRIES) + MIN_SECONDS;
  const notify = BOOKKEEPING_SECONDS + maxRetryWait(SNS_RETRIES) + CALL_SECONDS;
  const send = sendsEvents ? EVENTS_OF_EXECUTION * (maxRetryWait(EVENT_RETRIES) + BOOKKEEPING_SECONDS) : 0;
  return readPlan + ask + submit + notify + send;
}
