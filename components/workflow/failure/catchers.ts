import { NOTIFY_FAILURE, READ_CAUSE } from "../../../contract/states";
import type { Catcher, FailState, Template } from "../asl/states";
import { expression } from "../jsonata/code";
import {
  caughtFailure,
  CAUGHT_ERROR,
  describeAsText,
  describeFailure,
  describeParallel,
  ERROR_OUTPUT,
} from "../jsonata/failure";
import { secondsInState } from "../jsonata/jobs";
import type { WorkflowSettings } from "../settings/settings";
import { failedAt } from "./redrive";

/** The state after a failed job. Only the worker leaves a sentence about its failure. */
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
    Assign: { ...alsoAssign, failure: expression(describeFailure(caughtFailure(step))), failedAt: failedAt(step) },
    Next: next,
  };
}

/**
 * Catches any failure of a step in a branch, and hands it to the end of the branch. Uncaught, it would reach the
 * Parallel state without the name of the step, and a timeout even without a cause. The end of the branch puts both into
 * its own cause.
 */
export function catchInBranch(step: string, next: string): Catcher {
  return {
    ErrorEquals: ["States.ALL"],
    Output: { step, seconds: expression(secondsInState()), errorOutput: expression(ERROR_OUTPUT) },
    Next: next,
  };
}

/** Fails the branch. Step Functions then stops the other branches and their jobs. */
export function failBranch(): FailState {
  return { Type: "Fail", Error: expression(CAUGHT_ERROR), Cause: expression(describeAsText()) };
}

/** Catches any failure of a Parallel state: one that `failBranch` describes, or the Parallel's own. */
export function catchBranches(step: string, next: string): Catcher {
  return {
    ErrorEquals: ["States.ALL"],
    Assign: { failure: expression(describeParallel(step)), failedAt: failedAt(step) },
    Next: next,
  };
}
