import { executionTimeout } from "../workflow/executionTimeout";
import { notOneOf } from "../rules/choices";
import { outOfRanges, whole } from "../rules/numbers";
import { type Check, problem, when } from "../rules/problem";

/** A year, after which Step Functions ends every execution. */
const LONGEST_EXECUTION_SECONDS = 31_536_000;

/** Retention periods that CloudWatch Logs knows. */
const RETENTION_DAYS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

export const checkWorkflow: Check = ({ args: { workflow } }) => [
  ...outOfRanges("workflow", workflow, {
    timeoutSeconds: whole(300, 31_535_000, "Step Functions ends an execution after a year; 3600 is the default."),
    queueWaitSeconds: whole(0, 31_536_000, "Leave it out to let jobs wait as long as the execution may take."),
  }),
  ...notOneOf(
    "workflow.partialOutcome",
    workflow?.partialOutcome,
    ["succeed", "fail"],
    "Choose how an execution ends that finished only a part; succeed is the default.",
  ),
  ...when(
    workflow?.partialOutcome !== undefined &&
      !workflow.continueOnRenditionFailure &&
      !workflow.continueOnFeaturesFailure,
    () =>
      problem(
        "workflow.partialOutcome",
        "must be given together with workflow.continueOnRenditionFailure or workflow.continueOnFeaturesFailure",
        workflow?.partialOutcome,
        "Without them the first failure ends the execution: set one of them, or leave this out.",
      ),
  ),
];

/** With the answer's time, an execution has to end within a year. */
export const checkApproval: Check = ({ args: { approval }, pipeline }) => [
  ...outOfRanges("approval", approval, {
    timeoutSeconds: whole(60, 31_000_000, "The unit is seconds: 86400, a day, is the default."),
  }),
  ...notOneOf(
    "approval.defaultAnswer",
    approval?.defaultAnswer,
    ["approve", "reject"],
    "Choose what happens when nobody answers in time; reject is the default.",
  ),
  ...when(approval !== undefined && executionTimeout(pipeline) > LONGEST_EXECUTION_SECONDS, () =>
    problem(
      "approval.timeoutSeconds",
      `must be at most ${LONGEST_EXECUTION_SECONDS.toLocaleString("en-US")} together with workflow.timeoutSeconds`,
      pipeline.approval?.timeoutSeconds,
      `There are ${pipeline.timeoutSeconds} seconds for the work: lower one of them.`,
    ),
  ),
];

export const checkLogs: Check = ({ args: { logs } }) =>
  when(logs?.retentionDays !== undefined && !RETENTION_DAYS.includes(logs.retentionDays), () =>
    problem(
      "logs.retentionDays",
      `must be one of ${RETENTION_DAYS.join(", ")}`,
      logs?.retentionDays,
      "CloudWatch knows no other periods; 30 is the default.",
    ),
  );
