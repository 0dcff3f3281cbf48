import type { AwsLocation } from "../../contract/arn";
import { type ComputeEnvironmentSettings, isFargate, isSpot } from "../compute/defaults";
import { REASONS } from "./metrics";
import type { Targets } from "./targets";

/** What a dashboard shows. */
export interface View extends Targets {
  logGroupNames: string[];
  alarmArns: string[];
  location: AwsLocation;
}

/** A metric of a widget, or an expression over others. */
export type Metric = (string | Record<string, unknown>)[];

export function executions({ stateMachineArn }: View): Metric[] {
  return ["Started", "Succeeded", "Failed", "TimedOut", "Aborted"].map((what) => [
    ...["AWS/States", `Executions${what}`, "StateMachineArn", stateMachineArn],
    { label: what },
  ]);
}

export function executionTimes({ stateMachineArn }: View): Metric[] {
  const time = ["AWS/States", "ExecutionTime", "StateMachineArn", stateMachineArn];
  return ["p50", "p95"].flatMap((stat): Metric[] => [
    [...time, { id: stat, stat, visible: false }],
    [{ expression: `${stat} / 1000`, label: stat, id: `${stat}s` }],
  ]);
}

export function failures({ namespace, queueArns, queueNames }: View): Metric[] {
  return [
    ...REASONS.flatMap(({ name, title }) =>
      Object.entries(queueArns).map(([queue, arn]): Metric => [
        ...[namespace, name, "Queue", arn],
        { label: `${title} · ${queue}` },
      ]),
    ),
    ...Object.entries(queueNames).map(([queue, name]): Metric => [
      ...batchMetric("JobsRetried", name),
      { label: `Retried · ${queue}` },
    ]),
  ];
}

export function jobs({ namespace, queueArns }: View): Metric[] {
  return Object.entries(queueArns).flatMap(([queue, arn]) =>
    ["RUNNABLE", "RUNNING", "SUCCEEDED", "FAILED"].map((state): Metric => [
      ...[namespace, "Jobs", "Queue", arn, "State", state],
      { label: `${state.toLowerCase()} · ${queue}` },
    ]),
  );
}

/**
 * A metric of Batch itself. Its durations are in milliseconds, and include every attempt, not only a job's last one.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/using_cloudwatch_metrics.html
 */
function batchMetric(metric: string, queueName: string): Metric {
  return ["AWS/Batch", metric, "JobQueueName", queueName];
}

/** The mean and the longest duration of attempts, per queue. */
export function attemptSeconds({ queueNames }: View, metric: string): Metric[] {
  const shown = { Average: "mean", Maximum: "longest" };
  return Object.entries(queueNames).flatMap(([queue, name], index) =>
    Object.entries(shown).flatMap(([stat, label]): Metric[] => [
      [...batchMetric(metric, name), { id: `${label}${index}`, stat, visible: false }],
      [{ expression: `${label}${index} / 1000`, label: `${label} · ${queue}`, id: `${label}Seconds${index}` }],
    ]),
  );
}

/** The time that machines are paid for, whatever their type. */
export function attemptHours({ queueNames }: View): Metric[] {
  return Object.entries(queueNames).flatMap(([queue, name], index): Metric[] => [
    [...batchMetric("JobAttemptExecutionDuration", name), { id: `run${index}`, visible: false }],
    [{ expression: `run${index} / 3600000`, label: queue, id: `hours${index}` }],
  ]);
}

/**
 * How much of the instances that Batch has started is in use, Spot Instances included.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 */
export function reservedVcpus({ clusterNames }: View): Metric[] {
  return Object.entries(clusterNames).map(([environment, name]): Metric => [
    ...["AWS/ECS", "CPUReservation", "ClusterName", name],
    { label: environment },
  ]);
}

/**
 * What counts against the account's quotas: all of its pipelines and other machines together. There is no such metric for Spot
 * Instances.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html#service-quota-metrics
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/monitoring-fargate-usage.html
 */
export function usedVcpus(environments: ComputeEnvironmentSettings[]): Metric[] {
  const usages = new Set(
    environments.flatMap(({ type, instanceTypes }) => {
      if (isFargate(type)) return [`Fargate Standard/${isSpot(type) ? "Spot" : "OnDemand"}`];
      return isSpot(type) ? [] : instanceTypes.map((instanceType) => `EC2 ${findQuota(instanceType)}/OnDemand`);
    }),
  );
  return [...usages].map((usage): Metric => {
    const [service = "", quota = ""] = usage.split(" ");
    const dimensions = ["Service", service, "Type", "Resource", "Resource", "vCPU", "Class", quota];
    return ["AWS/Usage", "ResourceCount", ...dimensions, { label: usage }];
  });
}

/** The quota for a type of instances, by how its name begins. */
function findQuota(instanceType: string): string {
  const [, letters = ""] = /^(inf|[fgpx])[a-z]*\d/.exec(instanceType) ?? [];
  return letters === "" ? "Standard" : letters.charAt(0).toUpperCase() + letters.slice(1);
}

export function storage({ bucketName, logGroupNames }: View): Metric[] {
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

export function deadLetters(queueName: string): Metric {
  return ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queueName, { label: "Dead letters" }];
}
