import { notOneOf } from "../rules/choices";
import { outOfRanges } from "../rules/numbers";
import { type Check, when } from "../rules/problem";
import { executionTimeout } from "../workflow/executionTimeout";
import { ApprovalAnswer, type Approval, PartialOutcome, type Workflow } from "./args";
import { APPROVAL_LIMITS, WORKFLOW_LIMITS } from "./limits";
import type { StateMachineSettings } from "./defaults";

/** A year, after which Step Functions ends every execution. */
const LONGEST_EXECUTION_SECONDS = 31_536_000;

export const checkWorkflow: Check<{ workflow?: Workflow }> = ({ args: { workflow } }) => [
  ...outOfRanges("workflow", workflow, WORKFLOW_LIMITS),
  ...notOneOf(
    "workflow.partialOutcome",
    workflow?.partialOutcome,
    PartialOutcome,
    "Choose how an execution ends that finished only part of the video. The default is succeed.",
  ),
  ...when(
    workflow?.partialOutcome !== undefined &&
      !workflow.continueOnRenditionFailure &&
      !workflow.continueOnFeaturesFailure,
    {
      path: "workflow.partialOutcome",
      rule: "must be given together with workflow.continueOnRenditionFailure or workflow.continueOnFeaturesFailure",
      received: workflow?.partialOutcome,
      remedy: "Without them the first failure ends the execution: set one of them, or remove this.",
    },
  ),
];

export const checkApproval: Check<{ approval?: Approval }> = ({ args: { approval } }) => [
  ...outOfRanges("approval", approval, APPROVAL_LIMITS),
  ...notOneOf(
    "approval.defaultAnswer",
    approval?.defaultAnswer,
    ApprovalAnswer,
    "Choose what happens when nobody answers in time. The default is reject.",
  ),
];

/** The time for the answer counts towards the execution's year. */
export const checkApprovalTime: Check<unknown, { stateMachine: StateMachineSettings }> = ({ settings }) => {
  const { workflow } = settings.stateMachine;
  return when(workflow.approval !== undefined && executionTimeout(workflow) > LONGEST_EXECUTION_SECONDS, {
    path: "approval.timeoutSeconds",
    rule: `must be at most ${LONGEST_EXECUTION_SECONDS.toLocaleString("en-US")} together with workflow.timeoutSeconds`,
    received: workflow.approval?.timeoutSeconds,
    remedy: `workflow.timeoutSeconds is ${workflow.timeoutSeconds}: lower one of them.`,
  });
};
