import type * as batch from "@pulumi/aws/batch";
import type * as pulumi from "@pulumi/pulumi";

import type { ComputeEnvironment } from "../settings";

/** What there is to watch. */
export interface MonitoringTargets {
  /** Of the pipeline's own metrics: the state machine's name makes it the only one in the account. */
  namespace: pulumi.Output<string>;
  stateMachineArn: pulumi.Output<string>;
  /** Queues by their names in the pipeline. */
  queueArns: Record<string, pulumi.Output<string>>;
  /** Names in AWS of the same. */
  queueNames: Record<string, pulumi.Output<string>>;
  /** Of the ECS clusters that Batch makes for instances, by the environments' names in the pipeline. */
  clusterNames: Record<string, pulumi.Output<string>>;
  /** Absent without a trigger. */
  deadLetterQueueName?: pulumi.Output<string>;
  /** Absent without storage. */
  bucketName?: pulumi.Output<string>;
  logGroupNames: pulumi.Output<string>[];
}

/** Fargate's tasks are in clusters too, but have no machines there that could be measured. */
export function clustersOf(
  settings: ComputeEnvironment[],
  created: Record<string, batch.ComputeEnvironment>,
): MonitoringTargets["clusterNames"] {
  const onInstances = settings.filter(({ site }) => site.platform === "ec2");
  return Object.fromEntries(
    onInstances.map(({ name }) => [name, created[name]!.ecsClusterArn.apply((arn) => arn.split("/").at(-1) as string)]),
  );
}
