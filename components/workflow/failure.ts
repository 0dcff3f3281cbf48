import type { Catcher, FailState, Template } from "./asl";
import { expression } from "./jsonata";
import { SECONDS_IN_STATE } from "./timeouts";

export const NOTIFY_FAILURE = "Notify Failure";

/** What is known of a failure where it is caught: which step, and what Step Functions says about it. */
function caught(step: string): Template {
  return { step, seconds: expression(SECONDS_IN_STATE), errorOutput: expression("$states.errorOutput") };
}

/** Any failure of a step outside the branches. */
export function failureOf(step: string, alsoAssign: Record<string, Template> = {}): Catcher {
  return {
    ErrorEquals: ["States.ALL"],
    Assign: { ...alsoAssign, failure: caught(step) },
    Next: NOTIFY_FAILURE,
  };
}

/**
 * A failure inside a branch reaches the Parallel state as an error and a cause; which state of the branch it was is lost,
 * and a timeout has no cause at all. So each step hands over to its branch's end, which sends both along as the cause.
 */
export function failureInBranch(step: string, failedState: string): Catcher {
  return { ErrorEquals: ["States.ALL"], Output: caught(step), Next: failedState };
}

export function branchFailed(): FailState {
  return {
    Type: "Fail",
    Error: expression("$states.input.errorOutput.Error"),
    Cause: expression("$string($states.input)"),
  };
}

/** Any failure of a Parallel state. One that does not come from `branchFailed` is the Parallel's own. */
export function failureOfBranches(step: string): Catcher {
  const sent = "$substring($cause, 0, 1) = '{' and $contains($cause, '\"errorOutput\":')";
  return {
    ErrorEquals: ["States.ALL"],
    Assign: {
      failure: expression(
        `($cause := $states.errorOutput.Cause; ${sent} ? $parse($cause) : {'step': '${step}', 'errorOutput': $states.errorOutput})`,
      ),
    },
    Next: NOTIFY_FAILURE,
  };
}

/**
 * Binds `$cause`, a sentence that a person understands, and what it is made of, out of `$failure`: `$raised` is the error,
 * `$detail` the job, `$last` its last attempt. The cause of a failed `.sync` job is its description as JSON; that of an
 * array job is the parent's, which knows only how many of its children failed.
 */
export const DESCRIBED = [
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
  ": ' failed: ' & $raised.Error & '. ' & $substring($raised.Cause, 0, 2000));",
].join(" ");

/** The end of every failed execution, with the error and the sentence of the notice. */
export function executionFailed(): FailState {
  return {
    Type: "Fail",
    Error: expression("$failure.errorOutput.Error"),
    Cause: expression(`(${DESCRIBED} $cause)`),
  };
}
