import type * as pulumi from "@pulumi/pulumi";

import { isFargate, isSpot } from "../compute/defaults";
import type { ComputeEnvironment, Pipeline } from "../settings";
import { domainOf, type AwsLocation } from "../workflow/asl/statements";
import { REASONS } from "./metrics";
import type { MonitoringTargets } from "./monitoringTargets";

/** What there is to show, once it is known. */
export type View = pulumi.Unwrap<MonitoringTargets> & { alarmArns: string[]; place: AwsLocation; topicArn: string };

type Metric = (string | Record<string, unknown>)[];

interface Widget {
  type: "metric" | "text" | "alarm";
  width: number;
  height: number;
  properties: Record<string, unknown>;
}

const PERIOD = 300;

/**
 * Rows of widgets, the most important first.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardOf({ name, computeEnvironments }: Pipeline, view: View): { widgets: Widget[] } {
  const { region } = view.place;
  const graph = (title: string, metrics: Metric[], properties: Record<string, unknown> = {}): Widget => ({
    type: "metric",
    width: 8,
    height: 6,
    properties: { title, region, view: "timeSeries", period: PERIOD, stat: "Sum", metrics, ...properties },
  });
  return {
    widgets: [
      links(name, view),
      ...(view.alarmArns.length > 0
        ? [{ type: "alarm" as const, width: 24, height: 3, properties: { title: "Alarms", alarms: view.alarmArns } }]
        : []),
      graph("Executions", executionMetrics(view)),
      graph("Time of executions, s", executionTimes(view), { stat: "p50" }),
      graph("Failed jobs by reason, and attempts that were repeated", failureMetrics(view)),
      graph("Jobs that came into a state", jobMetrics(view)),
      graph("Wait in the queue of attempts that started, s", secondsOf(view, "JobAttemptRunnableToStartingDuration")),
      graph("Run of attempts that ended, s", secondsOf(view, "JobAttemptExecutionDuration")),
      ...some(
        graph("vCPUs of the instances that jobs have, %", reservedMetrics(view), { stat: "Average", period: 60 }),
      ),
      ...some(graph("vCPUs of the whole account", usageMetrics(computeEnvironments), { stat: "Maximum", period: 60 })),
      graph("Hours of attempts that ended", attemptHours(view)),
      graph("Stored and logged, bytes", storageMetrics(view), { period: 86_400 }),
      ...(view.deadLetterQueueName === undefined
        ? []
        : [graph("Starts that failed for good", [deadLetters(view.deadLetterQueueName)], { stat: "Maximum" })]),
    ],
  };
}

/** Nothing where there would be nothing to see. */
function some(widget: Widget): Widget[] {
  return (widget.properties["metrics"] as Metric[]).length > 0 ? [widget] : [];
}

function links(name: string, view: View): Widget {
  const { place, stateMachineArn, topicArn, logGroupNames, bucketName, deadLetterQueueName } = view;
  const { region, partition, account } = place;
  const domain =
    partition === "aws-cn" ? "amazonaws.cn" : partition === "aws-us-gov" ? "amazonaws-us-gov.com" : "aws.amazon.com";
  const console_ = (service: string, rest: string): string =>
    `https://${region}.console.${domain}/${service}/home?region=${region}#${rest}`;
  // The console escapes a slash in a group's name twice.
  const group = (text: string): string => encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
  const queueUrl = `https://sqs.${region}.${domainOf(partition)}/${account}/${deadLetterQueueName}`;
  const entries: [string, string][] = [
    ["Executions", console_("states", `/statemachines/view/${stateMachineArn}`)],
    ["Jobs", console_("batch", "jobs")],
    ["Queues", console_("batch", "queues")],
    ["Topic", console_("sns/v3", `/topic/${topicArn}`)],
    ...(bucketName === undefined
      ? []
      : [["Bucket", `https://${region}.console.${domain}/s3/buckets/${bucketName}`] as [string, string]]),
    ...(deadLetterQueueName === undefined
      ? []
      : [["Dead letters", console_("sqs/v3", `/queues/${encodeURIComponent(queueUrl)}`)] as [string, string]]),
    ...logGroupNames.map((log): [string, string] => [
      log,
      console_("cloudwatch", `logsV2:log-groups/log-group/${group(log)}`),
    ]),
  ];
  const markdown = [`# ${name}`, entries.map(([title, url]) => `[${title}](${url})`).join(" · ")].join("\n");
  return { type: "text", width: 24, height: 2, properties: { markdown } };
}

function executionMetrics({ stateMachineArn }: View): Metric[] {
  return ["Started", "Succeeded", "Failed", "TimedOut", "Aborted"].map((what) => [
    ...["AWS/States", `Executions${what}`, "StateMachineArn", stateMachineArn],
    { label: what },
  ]);
}

function executionTimes({ stateMachineArn }: View): Metric[] {
  const time = ["AWS/States", "ExecutionTime", "StateMachineArn", stateMachineArn];
  return ["p50", "p95"].flatMap((stat): Metric[] => [
    [...time, { id: stat, stat, visible: false }],
    [{ expression: `${stat} / 1000`, label: stat, id: `${stat}s` }],
  ]);
}

function failureMetrics({ namespace, queueArns, queueNames }: View): Metric[] {
  return [
    ...REASONS.flatMap(({ name, title }) =>
      Object.entries(queueArns).map(([queue, arn]): Metric => [
        ...[namespace, name, "Queue", arn],
        { label: `${title} · ${queue}` },
      ]),
    ),
    ...Object.entries(queueNames).map(([queue, name]): Metric => [
      ...ofBatch("JobsRetried", name),
      { label: `Repeated · ${queue}` },
    ]),
  ];
}

function jobMetrics({ namespace, queueArns }: View): Metric[] {
  return Object.entries(queueArns).flatMap(([queue, arn]) =>
    ["RUNNABLE", "RUNNING", "SUCCEEDED", "FAILED"].map((state): Metric => [
      ...[namespace, "Jobs", "Queue", arn, "State", state],
      { label: `${state.toLowerCase()} · ${queue}` },
    ]),
  );
}

/**
 * Durations are Batch's own, in milliseconds: of every attempt, and not only of a job's last one.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/using_cloudwatch_metrics.html
 */
function ofBatch(metric: string, queueName: string): Metric {
  return ["AWS/Batch", metric, "JobQueueName", queueName];
}

/** Of every queue, the mean and the longest. */
function secondsOf({ queueNames }: View, metric: string): Metric[] {
  const shown = { Average: "mean", Maximum: "longest" };
  return Object.entries(queueNames).flatMap(([queue, name], index) =>
    Object.entries(shown).flatMap(([stat, label]): Metric[] => [
      [...ofBatch(metric, name), { id: `${label}${index}`, stat, visible: false }],
      [{ expression: `${label}${index} / 1000`, label: `${label} · ${queue}`, id: `${label}Seconds${index}` }],
    ]),
  );
}

/** What machines are paid for, whatever their type. */
function attemptHours({ queueNames }: View): Metric[] {
  return Object.entries(queueNames).flatMap(([queue, name], index): Metric[] => [
    [...ofBatch("JobAttemptExecutionDuration", name), { id: `run${index}`, visible: false }],
    [{ expression: `run${index} / 3600000`, label: queue, id: `hours${index}` }],
  ]);
}

/**
 * Spot Instances too: how much of the machines that Batch has started is in use.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 */
function reservedMetrics({ clusterNames }: View): Metric[] {
  return Object.entries(clusterNames).map(([environment, name]): Metric => [
    ...["AWS/ECS", "CPUReservation", "ClusterName", name],
    { label: environment },
  ]);
}

/**
 * What counts against the account's quotas: all of its pipelines and other machines together. Of Spot Instances there is no such
 * metric.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html#service-quota-metrics
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/monitoring-fargate-usage.html
 */
function usageMetrics(environments: ComputeEnvironment[]): Metric[] {
  const usages = new Set(
    environments.flatMap(({ type, instanceTypes }) => {
      if (isFargate(type)) return [`Fargate Standard/${isSpot(type) ? "Spot" : "OnDemand"}`];
      return isSpot(type) ? [] : instanceTypes.map((instanceType) => `EC2 ${quotaOf(instanceType)}/OnDemand`);
    }),
  );
  return [...usages].map((usage): Metric => {
    const [service = "", quota = ""] = usage.split(" ");
    const dimensions = ["Service", service, "Type", "Resource", "Resource", "vCPU", "Class", quota];
    return ["AWS/Usage", "ResourceCount", ...dimensions, { label: usage }];
  });
}

/** Kinds of instances that have a quota of their own, by how their names begin. */
function quotaOf(instanceType: string): string {
  const [, letters = ""] = /^(inf|[fgpx])[a-z]*\d/.exec(instanceType) ?? [];
  return letters === "" ? "Standard" : letters.charAt(0).toUpperCase() + letters.slice(1);
}

function storageMetrics({ bucketName, logGroupNames }: View): Metric[] {
  const stored: Metric[] =
    bucketName === undefined
      ? []
      : [
          [
            ...["AWS/S3", "BucketSizeBytes", "BucketName", bucketName, "StorageType", "StandardStorage"],
            { label: "Bucket", stat: "Average" },
          ],
        ];
  return [
    ...stored,
    ...logGroupNames.map((group): Metric => ["AWS/Logs", "IncomingBytes", "LogGroupName", group, { label: group }]),
  ];
}

function deadLetters(queueName: string): Metric {
  return ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queueName, { label: "Dead letters" }];
}
