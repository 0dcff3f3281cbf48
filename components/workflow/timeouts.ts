import type { WorkflowJob, WorkflowSettings } from "./settings";

/** Seconds kept back from a step's time, so that the notice of its failure is sent before the whole execution ends. */
const SECONDS_FOR_NOTICE = 60;

/** How long a state may take: all attempts and the wait that is accepted, and no longer than the execution. */
export function stateTimeout(
  { timeoutSeconds, queueWaitSeconds }: WorkflowSettings,
  { attempts }: WorkflowJob,
  attemptTimeoutSeconds: number,
): number {
  return Math.min(attempts * attemptTimeoutSeconds + queueWaitSeconds, timeoutSeconds - SECONDS_FOR_NOTICE);
}
