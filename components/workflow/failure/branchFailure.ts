import type { BuiltStates } from "../asl/builtStates";
import type { Catcher, SucceedState } from "../asl/states";
import { type Code, expression } from "../jsonata/code";
import { CAUGHT, CAUGHT_JOB, caughtWithSentence, describeOmission } from "../jsonata/failure";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { catchInBranch, failBranch } from "./catchers";
import { readSentence } from "./readCause";

export interface BranchFailureOptions {
  /** The state that ends the branch, and the one before it that reads the cause. */
  states: { failed: string; readCause: string };
  /** Whether only this branch ends, and the others continue. */
  omits: boolean;
  /** Members that say what is missing then. */
  missing: Record<string, Code>;
}

/** What the steps of a branch have for a catcher, and the states that this leads to. */
export interface BranchFailure extends BuiltStates {
  catcher: (step: string) => Catcher;
}

/** Ends a branch that fails, and with it everything; or only the branch, whose output then says what is missing and why. */
export function branchFailure(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { states: { failed, readCause }, omits, missing }: BranchFailureOptions,
): BranchFailure {
  const catcher = (step: string): Catcher => catchInBranch(step, failed);
  if (!omits) return { catcher, states: { [failed]: failBranch() }, statements: [] };
  const states = { [failed]: omitBranch(missing) };
  // Other containers than the worker leave no sentence to read.
  if (!settings.usesWorkerPlan) return { catcher, states, statements: [] };
  const { state, statements } = readSentence(settings, arns, {
    job: CAUGHT_JOB,
    output: expression(caughtWithSentence()),
    otherwise: expression(CAUGHT),
    next: failed,
  });
  return {
    catcher: (step) => catchInBranch(step, readCause),
    states: { [readCause]: state, ...states },
    statements,
  };
}

/** Ends only the branch. */
function omitBranch(missing: Record<string, Code>): SucceedState {
  return { Type: "Succeed", Output: expression(describeOmission(missing)) };
}
