import type { ComputeEnvironmentSettings } from "../compute/defaults";
import type { Monitoring } from "./args";

export interface MonitoringSettings {
  dashboard: boolean;
  alarms: boolean;
  computeEnvironments: ComputeEnvironmentSettings[];
  logRetentionDays: number;
}

/** Nothing without the argument. */
export function normaliseMonitoring(
  args: Monitoring | undefined,
  others: Pick<MonitoringSettings, "computeEnvironments" | "logRetentionDays">,
): MonitoringSettings | undefined {
  return args && { dashboard: args.enableDashboard ?? true, alarms: args.enableAlarms ?? true, ...others };
}
