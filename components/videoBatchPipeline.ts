import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "./args";
import { createComputeEnvironments } from "./compute/computeEnvironments";
import { createKey } from "./access/encryption";
import { createImages } from "./jobs/image";
import { createJobs } from "./jobs/jobs";
import { createNetwork } from "./network/network";
import { createMonitoring } from "./monitoring/monitoring";
import { clustersOf } from "./monitoring/monitoringTargets";
import { createTopic } from "./notifications/notifications";
import { normalise } from "./settings";
import { locationOfChildren } from "./context/location";
import { createQueues } from "./queues/queues";
import { createServiceNotices } from "./notifications/serviceNotices";
import { createStateMachine } from "./stateMachine/stateMachine";
import { warnOfDestruction, whatDestroyDoes } from "./storage/destruction";
import { createStorage } from "./storage/storage";
import { createTopicPolicy } from "./notifications/topicPolicy";
import { createTrigger } from "./trigger/trigger";
import { validate } from "./checks";
import type { WorkflowArns } from "./workflow/settings/arns";

/**
 * Videos in S3 become HLS ladders: a Step Functions state machine that extracts metadata and features, transcodes every
 * rendition in parts on AWS Batch queues of different priority, packages the result and sends a notice. Without arguments
 * it is a working pipeline; the state machine starts with {"input": "s3://bucket/key"}.
 *
 * ```ts
 * const pipeline = new VideoBatchPipeline("videos", { notifications: { emailAddresses: ["team@example.com"] } });
 * export const stateMachine = pipeline.stateMachineArn;
 * ```
 */
export class VideoBatchPipeline extends pulumi.ComponentResource {
  /** ARNs of the Batch compute environments, by the environment's name in the arguments. */
  public readonly computeEnvironmentArns: pulumi.Output<Record<string, string>>;
  /** Names of the Batch compute environments in AWS, by the environment's name in the arguments. */
  public readonly computeEnvironmentNames: pulumi.Output<Record<string, string>>;
  /** ARNs of the job queues, by the queue's name in the arguments. */
  public readonly jobQueueArns: pulumi.Output<Record<string, string>>;
  /** Names of the job queues in AWS, by the queue's name in the arguments. */
  public readonly jobQueueNames: pulumi.Output<Record<string, string>>;
  /**
   * ARNs of the job definitions with their revisions, by job: metadata, features, transcode and, if there is one, package. Where a
   * job runs on queues of several kinds, the others follow with the kind behind the name, as in transcode-fargate or
   * transcode-ec2-arm64; on EKS each rendition has one, as in transcode-720p.
   */
  public readonly jobDefinitionArns: pulumi.Output<Record<string, string>>;
  /** Names of the job definitions in AWS, by the same keys. */
  public readonly jobDefinitionNames: pulumi.Output<Record<string, string>>;
  /** URIs of the worker's image by architecture, x86_64 or arm64. Empty when no job uses it. */
  public readonly imageUris: pulumi.Output<Record<string, string>>;
  /** Name of the bucket for videos and outputs. Nothing when no job uses storage. */
  public readonly bucketName: pulumi.Output<string | undefined>;
  /** ARN of the bucket for videos and outputs. Nothing when no job uses storage. */
  public readonly bucketArn: pulumi.Output<string | undefined>;
  /** What becomes of the bucket with its videos when the pipeline is destroyed, as a sentence: export it, to see it after each deployment. */
  public readonly whatDestroyDoes: pulumi.Output<string>;
  /** ARN of the topic that notices are sent to. */
  public readonly topicArn: pulumi.Output<string>;
  /**
   * Policy of the topic, as JSON. The topic made for the pipeline has it. One of yours needs these statements: they let the
   * pipeline's alarms publish, and refuse calls without TLS. Put it into an sns.TopicPolicy, together with what else the topic has.
   */
  public readonly topicPolicy: pulumi.Output<string>;
  /** ARN of the state machine. */
  public readonly stateMachineArn: pulumi.Output<string>;
  /** Name of the state machine in AWS. */
  public readonly stateMachineName: pulumi.Output<string>;
  /** URL of the dead-letter queue, which keeps starts that failed for good. Nothing without a trigger. */
  public readonly deadLetterQueueUrl: pulumi.Output<string | undefined>;
  /** The state machine's definition in the Amazon States Language, as JSON. */
  public readonly definition: pulumi.Output<string>;
  /** ARN of the role that the state machine has. */
  public readonly stateMachineRoleArn: pulumi.Output<string>;
  /** ARN of the role that the programs in jobs without a role of their own have: attach policies to it when commands of your own call AWS. */
  public readonly jobRoleArn: pulumi.Output<string>;
  /** ARN of the role that ECS has when it starts a job. */
  public readonly executionRoleArn: pulumi.Output<string>;
  /** ARN of the role that the instances have. Nothing when all environments are on Fargate or EKS, and with an instance profile that exists. */
  public readonly instanceRoleArn: pulumi.Output<string | undefined>;
  /** Name of the log group of all jobs. */
  public readonly jobLogGroupName: pulumi.Output<string>;
  /** Name of the log group of the state machine. */
  public readonly stateMachineLogGroupName: pulumi.Output<string>;

  constructor(name: string, args: VideoBatchPipelineArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    // Before anything is registered, the component itself included.
    validate(name, args);
    super("video-batch-pipeline:index:VideoBatchPipeline", name, args, opts);
    const place = locationOfChildren(this);
    const settings = normalise(name, args);
    const pipeline = { ...settings, keyArn: createKey(settings, place, this) };

    warnOfDestruction(pipeline.storage, this);
    const storage = createStorage(pipeline, place, this);
    const network = createNetwork(pipeline, this);
    const images = createImages(pipeline, this);
    const compute = createComputeEnvironments(pipeline, network, place.partition, this);
    const queues = createQueues(pipeline, compute.environments, this);
    const jobs = createJobs(pipeline, images, storage, place, this);
    const topic = createTopic(pipeline, place, this);
    const arns: pulumi.Output<WorkflowArns> = pulumi.output({
      jobQueues: arnsOf(queues),
      jobDefinitions: arnsOf(jobs.definitions),
      topic: topic.arn,
      jobLogGroup: jobs.logGroup.name,
      bucketName: storage?.bucketName,
    });
    const workflow = createStateMachine(pipeline, arns, topic, place, this);
    const deadLetters = createTrigger(pipeline, storage, workflow.stateMachine.arn, place, this);
    const notices = createServiceNotices(pipeline, topic, workflow.stateMachine.arn, queues, place, this);
    const alarms = createMonitoring(
      pipeline,
      {
        namespace: pulumi.interpolate`VideoBatchPipeline/${workflow.stateMachine.name}`,
        stateMachineArn: workflow.stateMachine.arn,
        queueArns: Object.fromEntries(Object.entries(queues).map(([key, { arn }]) => [key, arn])),
        queueNames: Object.fromEntries(Object.entries(queues).map(([key, queue]) => [key, queue.name])),
        clusterNames: clustersOf(pipeline.computeEnvironments, compute.environments),
        deadLetterQueueName: deadLetters?.name,
        bucketName: storage?.bucketName,
        logGroupNames: [jobs.logGroup.name, workflow.logGroup.name],
      },
      queues,
      topic,
      place,
      this,
    );
    const roleArns = [workflow.roleArn, ...(notices ? [notices.arn] : [])];
    const topicPolicy = createTopicPolicy(pipeline, topic, { roleArns, alarms }, this);

    this.computeEnvironmentArns = arnsOf(compute.environments);
    this.computeEnvironmentNames = namesOf(compute.environments);
    this.jobQueueArns = arnsOf(queues);
    this.jobQueueNames = namesOf(queues);
    this.jobDefinitionArns = arnsOf(jobs.definitions);
    this.jobDefinitionNames = namesOf(jobs.definitions);
    this.imageUris = pulumi.output(images as Record<string, pulumi.Output<string>>);
    this.bucketName = pulumi.output(storage?.bucketName);
    this.bucketArn = pulumi.output(storage?.bucketArn);
    this.whatDestroyDoes = whatDestroyDoes(pipeline.storage, storage);
    this.topicArn = topic.arn;
    this.topicPolicy = topicPolicy;
    this.stateMachineArn = workflow.stateMachine.arn;
    this.stateMachineName = workflow.stateMachine.name;
    this.deadLetterQueueUrl = pulumi.output(deadLetters?.url);
    this.definition = workflow.definition;
    this.stateMachineRoleArn = workflow.roleArn;
    this.jobRoleArn = jobs.jobRoleArn;
    this.executionRoleArn = jobs.executionRoleArn;
    this.instanceRoleArn = pulumi.output(compute.instanceRole?.arn);
    this.jobLogGroupName = jobs.logGroup.name;
    this.stateMachineLogGroupName = workflow.logGroup.name;
    this.registerOutputs({
      computeEnvironmentArns: this.computeEnvironmentArns,
      computeEnvironmentNames: this.computeEnvironmentNames,
      jobQueueArns: this.jobQueueArns,
      jobQueueNames: this.jobQueueNames,
      jobDefinitionArns: this.jobDefinitionArns,
      jobDefinitionNames: this.jobDefinitionNames,
      imageUris: this.imageUris,
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      whatDestroyDoes: this.whatDestroyDoes,
      topicArn: this.topicArn,
      topicPolicy: this.topicPolicy,
      stateMachineArn: this.stateMachineArn,
      stateMachineName: this.stateMachineName,
      deadLetterQueueUrl: this.deadLetterQueueUrl,
      definition: this.definition,
      stateMachineRoleArn: this.stateMachineRoleArn,
      jobRoleArn: this.jobRoleArn,
      executionRoleArn: this.executionRoleArn,
      instanceRoleArn: this.instanceRoleArn,
      jobLogGroupName: this.jobLogGroupName,
      stateMachineLogGroupName: this.stateMachineLogGroupName,
    });
  }
}

interface Named {
  arn: pulumi.Output<string>;
  name: pulumi.Output<string>;
}

function arnsOf(resources: Record<string, Named>): pulumi.Output<Record<string, string>> {
  return each(resources, ({ arn }) => arn);
}

function namesOf(resources: Record<string, Named>): pulumi.Output<Record<string, string>> {
  return each(resources, ({ name }) => name);
}

function each(
  resources: Record<string, Named>,
  read: (resource: Named) => pulumi.Output<string>,
): pulumi.Output<Record<string, string>> {
  return pulumi.output(Object.fromEntries(Object.entries(resources).map(([key, resource]) => [key, read(resource)])));
}
