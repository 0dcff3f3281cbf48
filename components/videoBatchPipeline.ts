import * as pulumi from "@pulumi/pulumi";

import { createKey } from "./access/key";
import type { VideoBatchPipelineArgs } from "./args";
import { refuseChanges } from "./refuseChanges";
import { validate } from "./checks";
import { createComputeEnvironments } from "./compute/computeEnvironments";
import { type Context, findLocation } from "./context/context";
import { arnsOf, namesOf } from "./context/named";
import { createEventBus } from "./events/eventBus";
import { eventBusPolicy } from "./events/eventBusPolicy";
import { createImages } from "./jobs/image";
import { createJobs } from "./jobs/jobs";
import { createMonitoring } from "./monitoring/monitoring";
import { createNetwork } from "./network/network";
import { createServiceNotices } from "./notifications/serviceNotices";
import { createTopic } from "./notifications/topic";
import { createTopicPolicy } from "./notifications/topicPolicy";
import { createQueues } from "./queues/queues";
import { normalise, type Settings } from "./settings";
import { createStateMachine } from "./stateMachine/stateMachine";
import { protection } from "./storage/bucket";
import { warnOfDestruction, whatDestroyDoes } from "./storage/destruction";
import { createStorage } from "./storage/storage";
import { readableBuckets } from "./trigger/checkSampleBucket";
import { createTrigger } from "./trigger/trigger";
import { expression } from "./workflow/jsonata/code";
import { uploadExecutionName } from "./workflow/jsonata/uploadName";

/**
 * Videos in S3 become HLS ladders: a Step Functions state machine that extracts metadata and features, transcodes every
 * rendition in parts on AWS Batch queues of different priority, packages the result and sends a notice. It works without
 * arguments. Start the state machine with {"input": "s3://bucket/key"}.
 *
 * ```ts
 * const pipeline = new VideoBatchPipeline("videos", { notifications: { emailAddresses: ["team@example.com"] } });
 * export const stateMachine = pipeline.stateMachineArn;
 * ```
 */
export class VideoBatchPipeline extends pulumi.ComponentResource {
  /** ARNs of the Batch compute environments, by the environment's name in the arguments. */
  public readonly computeEnvironmentArns!: pulumi.Output<Record<string, string>>;
  /** Names of the Batch compute environments in AWS, by the environment's name in the arguments. */
  public readonly computeEnvironmentNames!: pulumi.Output<Record<string, string>>;
  /** ARNs of the job queues, by the queue's name in the arguments. */
  public readonly jobQueueArns!: pulumi.Output<Record<string, string>>;
  /** Names of the job queues in AWS, by the queue's name in the arguments. */
  public readonly jobQueueNames!: pulumi.Output<Record<string, string>>;
  /**
   * ARNs of the job definitions with their revisions, by job: metadata, features, transcode and, if there is one, package.
   * Where a job runs on several platforms, the others have the platform as a suffix, as in transcode-fargate or
   * transcode-ec2-arm64; on EKS each rendition has its own, as in transcode-720p.
   */
  public readonly jobDefinitionArns!: pulumi.Output<Record<string, string>>;
  /** Names of the job definitions in AWS, by the same keys as their ARNs. */
  public readonly jobDefinitionNames!: pulumi.Output<Record<string, string>>;
  /** URIs of the worker's image, by architecture: x86_64 or arm64. Empty when no job uses it. */
  public readonly imageUris!: pulumi.Output<Record<string, string>>;
  /** Name of the bucket for videos and outputs. Undefined when no job uses storage. */
  public readonly bucketName!: pulumi.Output<string | undefined>;
  /** ARN of the bucket for videos and outputs. Undefined when no job uses storage. */
  public readonly bucketArn!: pulumi.Output<string | undefined>;
  /**
   * A sentence that says what `pulumi destroy` does with the bucket and its videos. Export it to see it after each
   * deployment.
   */
  public readonly whatDestroyDoes!: pulumi.Output<string>;
  /** ARN of the topic that notices are sent to. */
  public readonly topicArn!: pulumi.Output<string>;
  /**
   * Policy of the topic, as JSON. A topic that the pipeline creates has it. Your own topic needs its statements: they allow
   * the pipeline's alarms to publish, and deny calls without TLS. Put them into an sns.TopicPolicy, with the topic's other
   * statements.
   */
  public readonly topicPolicy!: pulumi.Output<string>;
  /** ARN of the bus that events are sent to. Nothing without `events`. */
  public readonly eventBusArn!: pulumi.Output<string | undefined>;
  /**
   * Policy of the bus, as JSON, for one in another account: it allows the pipeline's roles to send. Put its statement into the bus's own
   * policy. Nothing without `events`.
   */
  public readonly eventBusPolicy!: pulumi.Output<string | undefined>;
  /** ARN of the state machine. */
  public readonly stateMachineArn!: pulumi.Output<string>;
  /** Name of the state machine in AWS. */
  public readonly stateMachineName!: pulumi.Output<string>;
  /**
   * JSONata expression for the name of an upload's execution, for your own state machine that starts this one: the `Name` of
   * `states:startExecution` where `$states.input` is S3's "Object Created" event. A repeated event gets the same name, which
   * Step Functions refuses, and a new upload of the same key gets another name.
   */
  public readonly uploadExecutionName!: pulumi.Output<string>;
  /** URL of the dead-letter queue, which keeps starts that failed after all retries. Undefined without a trigger. */
  public readonly deadLetterQueueUrl!: pulumi.Output<string | undefined>;
  /** The state machine's definition in the Amazon States Language, as JSON. */
  public readonly definition!: pulumi.Output<string>;
  /** ARN of the state machine's role. */
  public readonly stateMachineRoleArn!: pulumi.Output<string>;
  /** ARN of the role for programs in jobs without their own role. Attach policies to it if your own commands call AWS. */
  public readonly jobRoleArn!: pulumi.Output<string>;
  /** ARN of the role that ECS uses to start jobs. */
  public readonly executionRoleArn!: pulumi.Output<string>;
  /**
   * ARN of the instances' role. Undefined with an existing instance profile, and when all environments are on Fargate or EKS.
   */
  public readonly instanceRoleArn!: pulumi.Output<string | undefined>;
  /** Name of the log group of all jobs. */
  public readonly jobLogGroupName!: pulumi.Output<string>;
  /** Name of the log group of the state machine. */
  public readonly stateMachineLogGroupName!: pulumi.Output<string>;

  constructor(name: string, args: VideoBatchPipelineArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    // Before anything is registered, including the component itself.
    const known = validate(name, args);
    super("video-batch-pipeline:index:VideoBatchPipeline", name, args, refuseChanges(name, known, opts));
    const settings = normalise(name, known);
    const context = createContext(settings, this, opts?.aliases);
    warnOfDestruction(settings.storage, name);

    const storage = createStorage(context, settings.storage);
    const network = createNetwork(context, settings.network);
    const images = createImages(context, settings.jobs);
    const { computeEnvironments, instanceRole } = createComputeEnvironments(context, settings.compute, network);
    const queues = createQueues(context, settings.queues, computeEnvironments);
    const eventBus = createEventBus(context, settings.events);
    const jobs = createJobs(context, settings.jobs, { images, storage, eventBus });
    const topic = createTopic(context, settings.notifications);
    const workflow = createStateMachine(context, settings.stateMachine, { queues, jobs, topic, storage, eventBus });
    const { stateMachine } = workflow;
    const deadLetters = createTrigger(context, settings.trigger, {
      ...{ stateMachine, workflow: settings.stateMachine.workflow, storage, eventBus },
      buckets: settings.storage && readableBuckets(name, settings.storage),
      jobQueueArns: arnsOf(queues.byName),
      jobDefinitionArns: arnsOf(jobs.definitions),
    });
    const noticesRole = createServiceNotices(context, settings.notifications, { stateMachine, queues, topic });
    const logGroups = [jobs.logGroup, workflow.logGroup];
    const monitored = { stateMachine, queues, computeEnvironments, deadLetters, storage, logGroups, topic };
    const alarms = createMonitoring(context, settings.monitoring, monitored);
    const roleArns = [workflow.roleArn, ...(noticesRole ? [noticesRole.arn] : [])];
    const topicPolicy = createTopicPolicy(context, topic, { roleArns, alarms });

    const outputs: Outputs = {
      computeEnvironmentArns: arnsOf(computeEnvironments),
      computeEnvironmentNames: namesOf(computeEnvironments),
      jobQueueArns: arnsOf(queues.byName),
      jobQueueNames: namesOf(queues.byName),
      jobDefinitionArns: arnsOf(jobs.definitions),
      jobDefinitionNames: namesOf(jobs.definitions),
      imageUris: pulumi.output(images as Record<string, pulumi.Output<string>>),
      bucketName: pulumi.output(storage?.bucketName),
      bucketArn: pulumi.output(storage?.bucketArn),
      whatDestroyDoes: whatDestroyDoes(settings.storage, storage),
      topicArn: topic.arn,
      topicPolicy,
      eventBusArn: pulumi.output(eventBus?.arn),
      eventBusPolicy: eventBusPolicy(eventBus, [workflow.roleArn, jobs.jobRoleArn]),
      stateMachineArn: stateMachine.arn,
      stateMachineName: stateMachine.name,
      uploadExecutionName: pulumi.output(expression(uploadExecutionName())),
      deadLetterQueueUrl: pulumi.output(deadLetters?.url),
      definition: workflow.definition,
      stateMachineRoleArn: workflow.roleArn,
      jobRoleArn: jobs.jobRoleArn,
      executionRoleArn: jobs.executionRoleArn,
      instanceRoleArn: pulumi.output(instanceRole?.arn),
      jobLogGroupName: jobs.logGroup.name,
      stateMachineLogGroupName: workflow.logGroup.name,
    };
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }
}

/** All public fields. The compiler checks that none is missing, so their declarations need no initial values. */
type Outputs = Omit<VideoBatchPipeline, keyof pulumi.ComponentResource>;

function createContext(
  { name, tags, roles, encryption, storage }: Settings,
  parent: pulumi.Resource,
  aliases: pulumi.ComponentResourceOptions["aliases"],
): Context {
  const { permissionsBoundaryArn } = roles;
  const context = { name, tags, permissionsBoundaryArn, location: findLocation(parent), parent, aliases };
  return { ...context, keyArn: createKey(context, encryption, protection(storage)) };
}
