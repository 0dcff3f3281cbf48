import type { BranchStates } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { Catcher, SucceedState } from "../asl/states";
import { type Code, expression } from "../jsonata/code";
import { CAUGHT, CAUGHT_JOB, caughtWithSentence, describeOmission } from "../jsonata/failure";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { catchInBranch, failBranch } from "./catchers";
import { readSentence } from "./readCause";

/** What the failure of a branch leads to: the failure of the video, or an output without what the branch should have made. */
export type OnFailure = "failVideo" | Omission;

export interface Omission {
  /** Members that describe what is missing. */
  missing: Record<string, Code>;
}

/** The catcher for the steps of a branch, and the states that it leads to. */
export interface BranchFailure extends BuiltStates {
  catcher: (step: string) => Catcher;
}

/** Handles the failure of a branch: it fails the execution, or ends only the branch, whose output then describes what is missing. */
export function branchFailure(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { fail, readCause }: BranchStates,
  onFailure: OnFailure,
): BranchFailure {
  const catcher = (step: string): Catcher => catchInBranch(step, fail);
  if (onFailure === "failVideo") return { catcher, states: { [fail]: failBranch() }, statements: [] };
  const states = { [fail]: omitBranch(onFailure) };
  // Only the worker leaves a sentence to read.
  if (!settings.usesWorkerPlan) return { catcher, states, statements: [] };
  const { state, statements } = readSentence(settings, arns, {
    job: CAUGHT_JOB,
    output: expression(caughtWithSentence()),
    otherwise: expression(CAUGHT),
    next: fail,
  });
  return {
    catcher: (step) => catchInBranch(step, readCause),
    states: { [readCause]: state, ...states },
    statements,
  };
}

/** Ends only the branch, with a description of what is missing. */
function omitBranch({ missing }: Omission): SucceedState {
  return { Type: "Succeed", Output: expression(describeOmission(missing)) };
}
