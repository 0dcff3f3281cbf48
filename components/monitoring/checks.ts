import { type Check, when } from "../rules/problem";
import type { Logs } from "./args";

const RETENTION_DAYS = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

export const checkLogs: Check<{ logs?: Logs }> = ({ args: { logs } }) =>
  when(logs?.retentionDays !== undefined && !RETENTION_DAYS.includes(logs.retentionDays), {
    path: "logs.retentionDays",
    rule: `must be one of ${RETENTION_DAYS.join(", ")}`,
    received: logs?.retentionDays,
    remedy: "CloudWatch allows only these periods. The default is 30.",
  });
