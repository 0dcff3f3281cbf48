import { expression } from "./jsonata";
import type { WorkflowJob, WorkflowSettings } from "./settings";

/** Seconds kept back from a step's time, so that the notice of its failure is sent before the whole execution ends. */
const SECONDS_FOR_NOTICE = 60;

/** A redrive begins the execution's time anew. */
const BEGAN =
  "$exists($states.context.Execution.RedriveTime) ? $states.context.Execution.RedriveTime : $states.context.Execution.StartTime";

/**
 * How long a state may take: all attempts and the wait that is accepted, and no longer than what is left of the execution when
 * the state begins. Step Functions ends an execution whose time is up without running its failure steps; this way the step's
 * own time is up before, and the failure is told.
 */
export function stateTimeout(
  settings: WorkflowSettings,
  { attempts }: WorkflowJob,
  attemptTimeoutSeconds: number,
  { afterApproval = false } = {},
): string {
  const own = attempts * attemptTimeoutSeconds + settings.queueWaitSeconds;
  const whole = afterApproval ? executionTimeout(settings) : settings.timeoutSeconds;
  const latest = whole - SECONDS_FOR_NOTICE;
  return expression(`$max([1, $min([${own}, ${latest} - $ceil(${secondsSince(`(${BEGAN})`)})])])`);
}

/** What people take for their answer comes on top of the work. */
export function executionTimeout({ timeoutSeconds, approval }: WorkflowSettings): number {
  return timeoutSeconds + (approval?.timeoutSeconds ?? 0);
}

/** Of which state this is, the context knows. */
export const SECONDS_IN_STATE = `$round(${secondsSince("$states.context.State.EnteredTime")})`;

function secondsSince(time: string): string {
  return `($millis() - $toMillis(${time})) / 1000`;
}
