import type { Catcher } from "../asl/states";
import { branchFailed, failureInBranch } from "./catchers";
import { omitBranch } from "./omissions";
import { expression } from "../jsonata/code";
import { readSentence } from "./readCause";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import type { BuiltStates } from "../asl/builtStates";

export interface Ending {
  /** The state that ends the branch, and the one before it that reads the cause. */
  states: { failed: string; readCause: string };
  /** Whether only this branch ends, and the others go on. */
  givenUp: boolean;
  /** Code of the members that say what is missing then. */
  missing: string;
}

/** What a failed step of a branch leads to. */
export interface EndOfBranch extends BuiltStates {
  catcher: (step: string) => Catcher;
}

/** The end of a branch that fails, and with it everything; or of one that is given up, whose output says what is missing and why. */
export function endOfBranch(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { states: { failed, readCause }, givenUp, missing }: Ending,
): EndOfBranch {
  const catcher = (step: string): Catcher => failureInBranch(step, failed);
  if (!givenUp) return { catcher, states: { [failed]: branchFailed() }, statements: [] };
  const states = { [failed]: omitBranch(missing) };
  // Containers of others leave no sentence to read.
  if (!settings.usesWorkerPlan) return { catcher, states, statements: [] };
  const { state, statements } = readSentence(settings, arns, {
    job: "$parse($states.input.errorOutput.Cause).JobId",
    output: expression("$merge([$states.input, {'sentence': $states.result.Body}])"),
    otherwise: expression("$states.input"),
    next: failed,
  });
  return { catcher: (step) => failureInBranch(step, readCause), states: { [readCause]: state, ...states }, statements };
}
