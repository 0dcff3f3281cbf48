import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import { createAlarms } from "./alarms";
import { describeDashboard } from "./dashboard";
import type { MonitoringSettings } from "./defaults";
import { createJobEvents, createJobMetrics } from "./jobEvents";
import { findNamespace, findTargets, type MonitoredResources } from "./targets";

/**
 * Logs, metrics, dashboard and alarms. Empty without the argument.
 * @returns the alarms, which the topic's policy names
 */
export function createMonitoring(
  context: Context,
  settings: MonitoringSettings | undefined,
  resources: MonitoredResources,
): cloudwatch.MetricAlarm[] {
  if (!settings) return [];
  const events = createJobEvents(context, resources.queues, settings.logRetentionDays);
  createJobMetrics(context, events, findNamespace(resources));
  const alarms = settings.alarms ? createAlarms(context, resources) : [];
  if (settings.dashboard) {
    const logGroups = [...resources.logGroups, events];
    createDashboard(context, settings, { ...resources, logGroups }, alarms);
  }
  return alarms;
}

function createDashboard(
  { name, location, parent }: Context,
  { computeEnvironments }: MonitoringSettings,
  resources: MonitoredResources,
  alarms: cloudwatch.MetricAlarm[],
): void {
  const view = pulumi.output({
    ...findTargets(resources, computeEnvironments),
    logGroupNames: resources.logGroups.map((group) => group.name),
    alarmArns: alarms.map(({ arn }) => arn),
    location,
  });
  new cloudwatch.Dashboard(
    `${name}-dashboard`,
    {
      dashboardName: findNamespace(resources).apply((namespace) => namespace.replace("/", "-")),
      dashboardBody: view.apply((known) =>
        JSON.stringify(describeDashboard(name, computeEnvironments, known), undefined, 2),
      ),
    },
    { parent },
  );
}
