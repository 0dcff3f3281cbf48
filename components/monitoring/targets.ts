import type * as batch from "@pulumi/aws/batch";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";

import type { ComputeEnvironmentSettings } from "../compute/defaults";
import { textOf } from "../context/mockedOutputs";
import { arnsOf, namesOf } from "../context/named";
import type { NoticeTopic } from "../notifications/topic";
import type { CreatedQueues } from "../queues/queues";
import type { CreatedStorage } from "../storage/storage";
import type { DeadLetterQueue } from "../trigger/deadLetterQueue";

/** The resources that are monitored, and the topic that alarms publish to. */
export interface MonitoredResources {
  stateMachine: sfn.StateMachine;
  queues: CreatedQueues;
  computeEnvironments: Record<string, batch.ComputeEnvironment>;
  deadLetters?: DeadLetterQueue;
  storage?: CreatedStorage;
  logGroups: cloudwatch.LogGroup[];
  topic: NoticeTopic;
}

/** The namespace of the pipeline's own metrics: the state machine's name makes it unique in the account. */
export function findNamespace({ stateMachine }: MonitoredResources): pulumi.Output<string> {
  return pulumi.interpolate`VideoBatchPipeline/${stateMachine.name}`;
}

/** What identifies the resources in metrics. */
export type Targets = pulumi.Unwrap<ReturnType<typeof findTargets>>;

export function findTargets(resources: MonitoredResources, settings: ComputeEnvironmentSettings[]) {
  const { stateMachine, queues, computeEnvironments, deadLetters, storage, topic } = resources;
  return {
    namespace: findNamespace(resources),
    stateMachineArn: stateMachine.arn,
    topicArn: topic.arn,
    queueArns: arnsOf(queues.byName),
    queueNames: namesOf(queues.byName),
    clusterNames: findClusters(computeEnvironments, settings),
    deadLetterQueueName: deadLetters?.name,
    bucketName: storage?.bucketName,
  };
}

/** The ECS clusters that Batch makes for instances. Those for Fargate have no machines that could be measured. */
function findClusters(created: Record<string, batch.ComputeEnvironment>, settings: ComputeEnvironmentSettings[]) {
  const onEc2 = settings.filter(({ jobPlatform }) => jobPlatform.platform === "ec2");
  const clusters = onEc2.map(({ name }) => {
    const { ecsClusterArn } = created[name]!;
    return [name, textOf(ecsClusterArn).apply((arn) => arn.split("/").at(-1) as string)] as const;
  });
  return Object.fromEntries(clusters);
}
