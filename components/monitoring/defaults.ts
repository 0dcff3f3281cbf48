import type { MonitoringArgs } from "./args";

export interface MonitoringSettings {
  dashboard: boolean;
  alarms: boolean;
  tracing: boolean;
}

/** Nothing without the argument. */
export function monitoringOf(args: MonitoringArgs | undefined): MonitoringSettings | undefined {
  return (
    args && {
      dashboard: args.enableDashboard ?? true,
      alarms: args.enableAlarms ?? true,
      tracing: args.enableTracing ?? false,
    }
  );
}
