import { outOfRanges, whole } from "./numbers";
import { type Check, problem, when } from "./problem";

/** Retention periods that CloudWatch Logs knows. */
const RETENTION_DAYS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

export const checkWorkflow: Check = ({ args: { workflow } }) =>
  outOfRanges("workflow", workflow, {
    timeoutSeconds: whole(300, 31_536_000, "Step Functions ends an execution after a year; 3600 is the default."),
    queueWaitSeconds: whole(0, 31_536_000, "Leave it out to let jobs wait as long as the execution may take."),
  });

export const checkLogs: Check = ({ args: { logs } }) =>
  when(logs?.retentionDays !== undefined && !RETENTION_DAYS.includes(logs.retentionDays), () =>
    problem(
      "logs.retentionDays",
      `must be one of ${RETENTION_DAYS.join(", ")}`,
      logs?.retentionDays,
      "CloudWatch knows no other periods; 30 is the default.",
    ),
  );
