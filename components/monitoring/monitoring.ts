import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as batch from "@pulumi/aws/batch";
import * as pulumi from "@pulumi/pulumi";

import type { NoticeTopic } from "../notifications/notifications";
import type { Pipeline } from "../settings";
import type { AwsLocation } from "../workflow/asl/statements";
import { createAlarms } from "./alarms";
import { dashboardOf } from "./dashboard";
import { createJobEvents } from "./jobEvents";
import type { MonitoringTargets } from "./monitoringTargets";

/**
 * Logs, metrics, dashboard and alarms. Nothing unless it is asked for.
 * @returns the alarms, which the topic's policy names
 */
export function createMonitoring(
  pipeline: Pipeline,
  watched: MonitoringTargets,
  queues: Record<string, batch.JobQueue>,
  topic: NoticeTopic,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): cloudwatch.MetricAlarm[] {
  const { name, monitoring } = pipeline;
  if (!monitoring) return [];
  const events = createJobEvents(pipeline, queues, watched.namespace, parent);
  const alarms = monitoring.alarms ? createAlarms(pipeline, watched, topic.arn, parent) : [];
  if (monitoring.dashboard) {
    const view = pulumi.output({
      ...watched,
      logGroupNames: [...watched.logGroupNames, events.name],
      alarmArns: alarms.map(({ arn }) => arn),
      place,
      topicArn: topic.arn,
    });
    new cloudwatch.Dashboard(
      `${name}-dashboard`,
      {
        dashboardName: watched.namespace.apply((namespace) => namespace.replace("/", "-")),
        dashboardBody: view.apply((known) => JSON.stringify(dashboardOf(pipeline, known), undefined, 2)),
      },
      { parent },
    );
  }
  return alarms;
}
