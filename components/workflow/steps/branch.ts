import type { BranchStates } from "../../../contract/states";
import type { BuiltBranch } from "../asl/builtStates";
import type { Statement } from "../asl/statements";
import type { ChoiceState, States } from "../asl/states";
import type { SubmittedJob } from "../batch/jobArguments";
import { submitJob } from "../batch/submitJob";
import { branchFailure, type OnFailure } from "../failure/branchFailure";
import { expression } from "../jsonata/code";
import { isOrdered } from "../jsonata/order";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";

/** Jobs one after the other, beside other branches. */
export interface BranchDescription {
  states: BranchStates;
  steps: BranchStep[];
  onFailure: OnFailure;
}

export interface BranchStep {
  name: string;
  /** The state that passes over the step when the order does not have it. */
  check: string;
  job: SubmittedJob;
}

/** With the worker's plans, a branch submits only what is ordered; otherwise it submits everything. */
export function buildBranch(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { states: names, steps, onFailure }: BranchDescription,
): BuiltBranch {
  const failed = branchFailure(settings, arns, names, onFailure);
  const entry = ({ name, check }: BranchStep): string => (settings.usesWorkerPlan ? check : name);
  const states: States = {};
  const statements: Statement[] = [];
  for (const [index, step] of steps.entries()) {
    const following = steps[index + 1];
    const next = following && entry(following);
    if (settings.usesWorkerPlan) states[step.check] = checkStep(step, next ?? names.skip);
    const submit = submitJob(settings, arns, { ...step.job, catch: failed.catcher(step.name), next });
    states[step.name] = submit.state;
    statements.push(...submit.statements);
  }
  if (settings.usesWorkerPlan) states[names.skip] = { Type: "Succeed", Output: {} };
  return {
    branch: { StartAt: entry(steps[0] as BranchStep), States: { ...states, ...failed.states } },
    statements: [...statements, ...failed.statements],
  };
}

function checkStep({ name }: BranchStep, otherwise: string): ChoiceState {
  return { Type: "Choice", Choices: [{ Condition: expression(isOrdered(name)), Next: name }], Default: otherwise };
}
