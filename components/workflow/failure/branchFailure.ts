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
  /** Whether the other branches continue, and the output omits what this one should have made. */
  omits: boolean;
  /** Members that then describe what is missing. */
  missing: Record<string, Code>;
}

/** The catcher for the steps of a branch, and the states that it leads to. */
export interface BranchFailure extends BuiltStates {
  catcher: (step: string) => Catcher;
}

/**
 * Handles the failure of a branch: it fails the execution, or ends only the branch, whose output then describes what is
 * missing.
 */
export function branchFailure(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { states: { failed, readCause }, omits, missing }: BranchFailureOptions,
): BranchFailure {
  const catcher = (step: string): Catcher => catchInBranch(step, failed);
  if (!omits) return { catcher, states: { [failed]: failBranch() }, statements: [] };
  const states = { [failed]: omitBranch(missing) };
  // Only the worker leaves a sentence to read.
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

/** Ends only the branch, with a description of what is missing. */
function omitBranch(missing: Record<string, Code>): SucceedState {
  return { Type: "Succeed", Output: expression(describeOmission(missing)) };
}
