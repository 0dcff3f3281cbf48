import { NOTIFY_FAILURE, READ_CAUSE } from "../../../contract/states";
import type { Catcher, FailState, Template } from "../asl/states";
import { expression } from "../jsonata/code";
import {
  caught,
  CAUGHT_ERROR,
  describeAsText,
  describeFailure,
  describeParallel,
  ERROR_OUTPUT,
} from "../jsonata/failure";
import { secondsInState } from "../jsonata/jobs";
import { redrives } from "../jsonata/redrive";
import type { WorkflowSettings } from "../settings/settings";

/** Where a redrive resumes, and how often there had been one before. */
export function failedAt(state: string): Template {
  return { state, redrives: expression(redrives()) };
}

/** What a failed job leads to: the worker leaves a sentence about it, and other containers don't. */
export function afterFailedJob({ usesWorkerPlan }: WorkflowSettings): string {
  return usesWorkerPlan ? READ_CAUSE : NOTIFY_FAILURE;
}

/** Catches any failure of a step outside the branches. */
export function catchAll(
  step: string,
  { alsoAssign = {}, next = NOTIFY_FAILURE }: { alsoAssign?: Record<string, Template>; next?: string } = {},
): Catcher {
  return {
    ErrorEquals: ["States.ALL"],
    Assign: { ...alsoAssign, failure: expression(describeFailure(caught(step))), failedAt: failedAt(step) },
    Next: next,
  };
}

/**
 * Catches any failure of a step in a branch. It would reach the Parallel state as an error and a cause; which state of
 * the branch it was is lost there, and a timeout has no cause at all. So each step hands over to its branch's end,
 * which sends both along as the cause.
 */
export function catchInBranch(step: string, next: string): Catcher {
  return {
    ErrorEquals: ["States.ALL"],
    Output: { step, seconds: expression(secondsInState()), errorOutput: expression(ERROR_OUTPUT) },
    Next: next,
  };
}

/** Ends the branch, the branches beside it, and their jobs. */
export function failBranch(): FailState {
  return { Type: "Fail", Error: expression(CAUGHT_ERROR), Cause: expression(describeAsText()) };
}

/** Catches any failure of a Parallel state. One that does not come from `failBranch` is the Parallel's own. */
export function catchBranches(step: string, next: string): Catcher {
  return {
    ErrorEquals: ["States.ALL"],
    Assign: { failure: expression(describeParallel(step)), failedAt: failedAt(step) },
    Next: next,
  };
}
