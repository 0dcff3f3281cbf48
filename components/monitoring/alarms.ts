import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "../settings";
import type { MonitoringTargets } from "./monitoringTargets";

interface Alarm {
  suffix: string;
  description: string;
  namespace: pulumi.Input<string>;
  metricName: string;
  statistic: "Sum" | "Maximum";
  dimensions?: Record<string, pulumi.Input<string>>;
}

/** Each goes off when something has happened within five minutes, and is over when nothing does. */
export function createAlarms(
  { name, tags }: Pipeline,
  watched: MonitoringTargets,
  topicArn: pulumi.Output<string>,
  parent: pulumi.Resource,
): cloudwatch.MetricAlarm[] {
  return alarmsOf(name, watched).map(
    ({ suffix, description, ...metric }) =>
      new cloudwatch.MetricAlarm(
        `${name}-${suffix}-alarm`,
        {
          alarmDescription: description,
          ...metric,
          ...{ period: 300, evaluationPeriods: 1, threshold: 1, comparisonOperator: "GreaterThanOrEqualToThreshold" },
          treatMissingData: "notBreaching",
          alarmActions: [topicArn],
          tags,
        },
        { parent },
      ),
  );
}

function alarmsOf(name: string, { namespace, stateMachineArn, deadLetterQueueName }: MonitoringTargets): Alarm[] {
  const executions = {
    namespace: "AWS/States",
    statistic: "Sum" as const,
    dimensions: { StateMachineArn: stateMachineArn },
  };
  const jobs = { namespace, statistic: "Sum" as const };
  return [
    {
      suffix: "failed-executions",
      description: `Executions of ${name} failed: their notices say at which step and why.`,
      ...executions,
      metricName: "ExecutionsFailed",
    },
    {
      suffix: "timed-out-executions",
      description: `Executions of ${name} ran out of time: workflow.timeoutSeconds is too short, or jobs wait too long.`,
      ...executions,
      metricName: "ExecutionsTimedOut",
    },
    {
      suffix: "failed-jobs",
      description: `Jobs of ${name} failed for good: their logs say why.`,
      ...jobs,
      metricName: "FailedJobs",
    },
    {
      suffix: "blocked-queues",
      description: `A queue of ${name} is blocked: no machine can be had for its first job, or none that fits.`,
      ...jobs,
      metricName: "BlockedQueues",
    },
    ...(deadLetterQueueName === undefined
      ? []
      : [
          {
            suffix: "dead-letters",
            description: `Executions of ${name} could not be started: the dead-letter queue has their events.`,
            namespace: "AWS/SQS",
            metricName: "ApproximateNumberOfMessagesVisible",
            statistic: "Maximum" as const,
            dimensions: { QueueName: deadLetterQueueName },
          },
        ]),
  ];
}
