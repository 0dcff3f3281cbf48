import { expression } from "../jsonata/code";
import { BATCH_TROUBLE, longestWait, S3_TROUBLE, SNS_TROUBLE } from "./retry";
import type { WorkflowJob, WorkflowSettings } from "../settings/settings";

/** Seconds of one call of a service that answers at once, or not at all. */
export const SECONDS_OF_CALL = 20;
/** The same for what a video does not wait for. */
export const SECONDS_OF_ASIDE = 10;

/**
 * Seconds on top of the steps' time, so that the notice of a failure is sent before the whole execution ends: all that may
 * follow after a job whose time was just not up. It is written down as done, or the plan is read; somebody is asked; the next
 * job, which has no more than a second, is submitted with all retries; the cause is read, and the notice published.
 */
function secondsForNotice({ approval }: Pick<WorkflowSettings, "approval">): number {
  const readPlan = longestWait(S3_TROUBLE) + SECONDS_OF_CALL;
  const ask = approval ? longestWait(SNS_TROUBLE) : 0;
  const submit = longestWait(BATCH_TROUBLE) + SHORTEST_SECONDS;
  const tell = SECONDS_OF_ASIDE + longestWait(SNS_TROUBLE) + SECONDS_OF_CALL;
  return Math.max(SECONDS_OF_ASIDE, readPlan) + ask + submit + tell;
}

/** Of a state that begins when there is no time left. */
const SHORTEST_SECONDS = 1;

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
  const latest = settings.timeoutSeconds + (afterApproval ? answerTimeout(settings) : 0);
  return expression(`$max([${SHORTEST_SECONDS}, $min([${own}, ${latest} - $ceil(${secondsSince(`(${BEGAN})`)})])])`);
}

/** What people take for their answer comes on top of the work, and what tells of a failure on top of both. */
export function executionTimeout(settings: Pick<WorkflowSettings, "timeoutSeconds" | "approval">): number {
  return settings.timeoutSeconds + answerTimeout(settings) + secondsForNotice(settings);
}

function answerTimeout({ approval }: Pick<WorkflowSettings, "approval">): number {
  return approval?.timeoutSeconds ?? 0;
}

/** Of which state this is, the context knows. */
export const SECONDS_IN_STATE = `$round(${secondsSince("$states.context.State.EnteredTime")})`;

function secondsSince(time: string): string {
  return `($millis() - $toMillis(${time})) / 1000`;
}
