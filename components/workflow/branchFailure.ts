import type { Catcher } from "./asl";
import { branchFailed, failureInBranch, READ_CAUSE } from "./failure";
import { omitBranch } from "./omissions";
import { expression } from "./jsonata";
import { readSentence } from "./readCause";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import type { BuiltStates } from "./states";

export interface Ending {
  /** Whether only this branch ends, and the others go on. */
  givenUp: boolean;
  /** Code of the members that say what is missing then. */
  missing: string;
  /** The same for people. */
  what: string;
}

/** What a failed step of a branch leads to. */
export interface EndOfBranch extends BuiltStates {
  catcher: (step: string) => Catcher;
}

/** The end of a branch that fails, and with it everything; or of one that is given up, whose output says what is missing and why. */
export function endOfBranch(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  name: string,
  { givenUp, missing, what }: Ending,
): EndOfBranch {
  const catcher = (step: string): Catcher => failureInBranch(step, name);
  if (!givenUp) return { catcher, states: { [name]: branchFailed() }, statements: [] };
  const states = { [name]: omitBranch(missing) };
  // Containers of others leave no sentence to read.
  if (!settings.usesWorkerPlan) return { catcher, states, statements: [] };
  const read = `${READ_CAUSE} of ${what}`;
  const { state, statements } = readSentence(settings, arns, {
    job: "$parse($states.input.errorOutput.Cause).JobId",
    output: expression("$merge([$states.input, {'sentence': $states.result.Body}])"),
    otherwise: expression("$states.input"),
    next: name,
  });
  return { catcher: (step) => failureInBranch(step, read), states: { [read]: state, ...states }, statements };
}
