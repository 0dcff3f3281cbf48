import type * as pulumi from "@pulumi/pulumi";

import type { Platform } from "../site";
import type { Place } from "../workflow/permissions";
import { REASONS } from "./metrics";
import type { Watched } from "./watched";

/** What there is to show, once it is known. */
export type View = pulumi.Unwrap<Watched> & { alarmArns: string[]; place: Place; topicArn: string };

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
export function dashboardOf(name: string, platforms: Platform[], view: View): { widgets: Widget[] } {
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
      graph("Failures by reason", failureMetrics(view)),
      graph("Jobs by state", jobMetrics(view)),
      graph("Mean wait of started jobs in the queue, s", meanSeconds(view, "Wait")),
      graph("Mean run of ended jobs, s", meanSeconds(view, "Run")),
      graph("vCPUs of the account", vcpuMetrics(platforms), { stat: "Maximum", period: 60 }),
      graph("Hours of jobs", jobHours(view)),
      graph("Stored and logged, bytes", storageMetrics(view), { period: 86_400 }),
      ...(view.deadLetterQueueName === undefined
        ? []
        : [graph("Starts that failed for good", [deadLetters(view.deadLetterQueueName)], { stat: "Maximum" })]),
    ],
  };
}

function links(name: string, { place, stateMachineArn, topicArn, logGroupNames, bucketName }: View): Widget {
  const { region, partition } = place;
  const domain =
    partition === "aws-cn" ? "amazonaws.cn" : partition === "aws-us-gov" ? "amazonaws-us-gov.com" : "aws.amazon.com";
  const console_ = (service: string, rest: string): string =>
    `https://${region}.console.${domain}/${service}/home?region=${region}#${rest}`;
  // The console escapes a slash in a group's name twice.
  const group = (text: string): string => encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
  const entries: [string, string][] = [
    ["Executions", console_("states", `/statemachines/view/${stateMachineArn}`)],
    ["Jobs", console_("batch", "jobs")],
    ["Topic", console_("sns/v3", `/topic/${topicArn}`)],
    ...(bucketName === undefined
      ? []
      : [["Bucket", `https://${region}.console.${domain}/s3/buckets/${bucketName}`] as [string, string]]),
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

function failureMetrics({ namespace, queueArns }: View): Metric[] {
  return REASONS.flatMap(({ name, title }) =>
    Object.entries(queueArns).map(([queue, arn]): Metric => [
      ...[namespace, name, "Queue", arn],
      { label: `${title} · ${queue}` },
    ]),
  );
}

function jobMetrics({ namespace, queueArns }: View): Metric[] {
  return Object.entries(queueArns).flatMap(([queue, arn]) =>
    ["RUNNABLE", "RUNNING", "SUCCEEDED", "FAILED"].map((state): Metric => [
      ...[namespace, "Jobs", "Queue", arn, "State", state],
      { label: `${state.toLowerCase()} · ${queue}` },
    ]),
  );
}

/** Of every queue, the difference of two means. */
function meanSeconds({ namespace, queueArns }: View, what: "Wait" | "Run"): Metric[] {
  return Object.entries(queueArns).flatMap(([queue, arn], index): Metric[] => [
    [namespace, `${what}From`, "Queue", arn, { id: `from${index}`, stat: "Average", visible: false }],
    [namespace, `${what}To`, "Queue", arn, { id: `to${index}`, stat: "Average", visible: false }],
    [{ expression: `(to${index} - from${index}) / 1000`, label: queue, id: `mean${index}` }],
  ]);
}

/** What the machines are paid for, whatever their type. */
function jobHours({ namespace, queueArns }: View): Metric[] {
  return Object.entries(queueArns).flatMap(([queue, arn], index): Metric[] => [
    [namespace, "RunFrom", "Queue", arn, { id: `from${index}`, visible: false }],
    [namespace, "RunTo", "Queue", arn, { id: `to${index}`, visible: false }],
    [{ expression: `(to${index} - from${index}) / 3600000`, label: queue, id: `hours${index}` }],
  ]);
}

/**
 * Batch has no metric of its own for it, and usage counts for the whole account and region.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Service-Quota-Integration.html
 */
function vcpuMetrics(platforms: Platform[]): Metric[] {
  const services = [...new Set(platforms.map((platform) => (platform === "fargate" ? "Fargate" : "EC2")))];
  return services.flatMap((service) =>
    ["OnDemand", "Spot"].map((kind): Metric => [
      ...["AWS/Usage", "ResourceCount", "Service", service, "Type", "Resource", "Resource", "vCPU"],
      ...["Class", `Standard/${kind}`, { label: `${service} ${kind}` }],
    ]),
  );
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
