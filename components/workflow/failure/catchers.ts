import { NOTIFY_FAILURE, READ_CAUSE } from "../../../contract/states";
import type { Catcher, FailState, Template } from "../asl/states";
import { expression, literal } from "../jsonata/code";
import type { WorkflowSettings } from "../settings/settings";
import { SECONDS_IN_STATE } from "../asl/timeouts";

const REDRIVES = "$exists($states.context.Execution.RedriveCount) ? $states.context.Execution.RedriveCount : 0";

/** Binds `$redrives`: how often the execution has been redriven. */
export const COUNT_REDRIVES = `$redrives := ${REDRIVES};`;

/** Where a redrive goes on, and how often there had been one before. */
export function failedAt(state: string): Template {
  return { state, redrives: expression(REDRIVES) };
}

/** What is known of a failure where it is caught: which step, and what Step Functions says about it. */
function caught(step: string): Template {
  return { step, seconds: expression(SECONDS_IN_STATE), errorOutput: expression("$states.errorOutput") };
}

/**
 * The description of something `caught`, as the code of an object: step, error, a sentence that a person understands, job and
 * log. The cause of a failed `.sync` job is its description as JSON; that of an array job is the parent's, which knows only how
 * many of its children failed. It is made where the failure is caught: a job's description is too large to be carried along.
 */
export function failureDescription(source: string, longestCause = 2000): string {
  const parts = [
    `$failure := ${source};`,
    "$raised := $failure.errorOutput;",
    "$detail := $substring($raised.Cause, 0, 1) = '{' and $substring($raised.Cause, -1) = '}' ? $parse($raised.Cause) : {};",
    "$tries := $count($detail.Attempts);",
    "$last := $detail.Attempts[-1].Container;",
    "$array := $detail.ArrayProperties;",
    "$reason := $exists($detail.StatusReason) ? $replace($detail.StatusReason, /\\.$/, '') & '.' : '';",
    "$counted := $array.StatusSummary.FAILED > 0 ? $string($array.StatusSummary.FAILED) & ' of ' & $string($array.Size) & ' chunks failed. '",
    ": $exists($last.ExitCode) ? 'exit code ' & $string($last.ExitCode) & ' after ' & $string($tries) & ($tries = 1 ? ' attempt. ' : ' attempts. ')",
    ": '';",
    "$cause := $failure.step &",
    "($exists($detail.JobId) ? ' failed: ' & $counted & $reason & ($last.Reason ? ' ' & $last.Reason : '')",
    ": $raised.Error = 'States.Timeout' ? ' did not end within ' & $string($failure.seconds) & ' seconds, the wait in its queue included.'",
    ": ' failed: ' & $raised.Error & '. ' & $raised.Cause);",
    `{'step': $failure.step, 'error': $raised.Error, 'cause': $substring($cause, 0, ${longestCause}),`,
    "'job': $exists($detail.JobId) ? $detail.JobId : null,",
    "'log': $exists($last.LogStreamName) ? $last.LogStreamName : null}",
  ];
  return `(${parts.join(" ")})`;
}

/** What a failed job leads to: the worker leaves a sentence about it, and other containers don't. */
export function afterFailedJob({ usesWorkerPlan }: WorkflowSettings): string {
  return usesWorkerPlan ? READ_CAUSE : NOTIFY_FAILURE;
}

/** Any failure of a step outside the branches. */
export function catchAll(
  step: string,
  { alsoAssign = {}, next = NOTIFY_FAILURE }: { alsoAssign?: Record<string, Template>; next?: string } = {},
): Catcher {
  const raised = `{'step': ${literal(step)}, 'seconds': ${SECONDS_IN_STATE}, 'errorOutput': $states.errorOutput}`;
  return {
    ErrorEquals: ["States.ALL"],
    Assign: { ...alsoAssign, failure: expression(failureDescription(raised)), failedAt: failedAt(step) },
    Next: next,
  };
}

/**
 * A failure inside a branch reaches the Parallel state as an error and a cause; which state of the branch it was is lost,
 * and a timeout has no cause at all. So each step hands over to its branch's end, which sends both along as the cause.
 */
export function failureInBranch(step: string, failedState: string): Catcher {
  return { ErrorEquals: ["States.ALL"], Output: caught(step), Next: failedState };
}

/** Ends the branch, the branches beside it, and their jobs. */
export function branchFailed(): FailState {
  return {
    Type: "Fail",
    Error: expression("$states.input.errorOutput.Error"),
    Cause: expression(`$string(${failureDescription("$states.input")})`),
  };
}

/** Any failure of a Parallel state. One that does not come from `branchFailed` is the Parallel's own. */
export function failureOfBranches(step: string, next: string): Catcher {
  const sent = "$substring($cause, 0, 1) = '{' and $contains($cause, '\"step\":')";
  const own = failureDescription(`{'step': ${literal(step)}, 'errorOutput': $states.errorOutput}`);
  return {
    ErrorEquals: ["States.ALL"],
    Assign: {
      failure: expression(`($cause := $states.errorOutput.Cause; ${sent} ? $parse($cause) : ${own})`),
      failedAt: failedAt(step),
    },
    Next: next,
  };
}
