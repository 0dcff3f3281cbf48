import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import { findNamespace, type MonitoredResources } from "./targets";

interface Alarm {
  suffix: string;
  description: string;
  namespace: pulumi.Input<string>;
  metricName: string;
  statistic: "Sum" | "Maximum";
  dimensions?: Record<string, pulumi.Input<string>>;
}

/** Each alarm goes off when something has happened within five minutes, and ends when nothing has. */
export function createAlarms(context: Context, resources: MonitoredResources): cloudwatch.MetricAlarm[] {
  const { name, tags, parent } = context;
  return listAlarms(name, resources).map(
    ({ suffix, description, ...metric }) =>
      new cloudwatch.MetricAlarm(
        `${name}-${suffix}-alarm`,
        {
          alarmDescription: description,
          ...metric,
          ...{ period: 300, evaluationPeriods: 1, threshold: 1, comparisonOperator: "GreaterThanOrEqualToThreshold" },
          treatMissingData: "notBreaching",
          alarmActions: [resources.topic.arn],
          tags,
        },
        { parent },
      ),
  );
}

function listAlarms(name: string, resources: MonitoredResources): Alarm[] {
  const { stateMachine, deadLetters } = resources;
  const dimensions = { StateMachineArn: stateMachine.arn };
  const executions = { namespace: "AWS/States", statistic: "Sum" as const, dimensions };
  const jobs = { namespace: findNamespace(resources), statistic: "Sum" as const };
  return [
    {
      suffix: "failed-executions",
      description: `Executions of ${name} failed: their notices name the step and the cause.`,
      ...executions,
      metricName: "ExecutionsFailed",
    },
    {
      suffix: "timed-out-executions",
      description: `Executions of ${name} timed out: workflow.timeoutSeconds is too short, or jobs wait too long.`,
      ...executions,
      metricName: "ExecutionsTimedOut",
    },
    {
      suffix: "failed-jobs",
      description: `Jobs of ${name} failed and aren't retried: their logs say why.`,
      ...jobs,
      metricName: "FailedJobs",
    },
    {
      suffix: "blocked-queues",
      description: `A queue of ${name} is blocked: its first job gets no machine, because there is no capacity or none is large enough.`,
      ...jobs,
      metricName: "BlockedQueues",
    },
    ...(deadLetters === undefined
      ? []
      : [
          {
            suffix: "dead-letters",
            description: `Executions of ${name} could not be started: the dead-letter queue has their events.`,
            namespace: "AWS/SQS",
            metricName: "ApproximateNumberOfMessagesVisible",
            statistic: "Maximum" as const,
            dimensions: { QueueName: deadLetters.name },
          },
        ]),
  ];
}
