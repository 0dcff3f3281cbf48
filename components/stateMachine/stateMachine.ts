import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import { createLogGroup } from "../context/logGroup";
import { textOf } from "../context/mockedOutputs";
import { arnsOf } from "../context/named";
import type { EventBus } from "../events/eventBus";
import type { CreatedJobs } from "../jobs/jobs";
import { allowTopicKey, type NoticeTopic } from "../notifications/topic";
import type { CreatedQueues } from "../queues/queues";
import type { CreatedStorage } from "../storage/storage";
import { definitionText } from "../workflow/definitionText";
import { generateWorkflow } from "../workflow/generateWorkflow";
import type { WorkflowArns } from "../workflow/settings/arns";
import type { StateMachineSettings } from "./defaults";
import { rememberWorkflow } from "./knownWorkflows";
import { allowStorageKey, createStateMachineRole } from "./stateMachineRole";

export interface CreatedStateMachine {
  stateMachine: sfn.StateMachine;
  definition: pulumi.Output<string>;
  roleArn: pulumi.Output<string>;
  logGroup: cloudwatch.LogGroup;
}

/** What executions use. */
interface WorkflowResources {
  queues: CreatedQueues;
  jobs: CreatedJobs;
  topic: NoticeTopic;
  storage?: CreatedStorage;
  eventBus?: EventBus;
}

export function createStateMachine(
  context: Context,
  settings: StateMachineSettings,
  resources: WorkflowResources,
): CreatedStateMachine {
  const { name, tags, keyArn, parent } = context;
  const { roleArn, tracing } = settings;
  const arns = findArns(resources);
  const workflow = arns.apply((known) => generateWorkflow(settings.workflow, known));
  rememberWorkflow(parent, {
    ...{ settings: settings.workflow, arns },
    sharesTopic: !resources.topic.isCreated,
    topicKey: allowTopicKey(context, resources.topic),
    storageKey: allowStorageKey(context, settings.workflow),
  });
  // Log groups with this prefix share one resource policy, instead of filling it up one by one.
  const prefix = { suffix: "state-machine-logs", namePrefix: "/aws/vendedlogs/states/" };
  const logGroup = createLogGroup(context, { ...prefix, retentionInDays: settings.logRetentionDays });
  const role =
    roleArn === undefined
      ? createStateMachineRole(context, settings, workflow.statements, resources.topic)
      : { arn: pulumi.output(roleArn), dependsOn: [] };
  const definition = workflow.apply((generated) => definitionText(generated.definition));
  const stateMachine = new sfn.StateMachine(
    `${name}-state-machine`,
    {
      type: "STANDARD",
      roleArn: role.arn,
      definition,
      loggingConfiguration: {
        level: "ERROR",
        includeExecutionData: true,
        logDestination: pulumi.interpolate`${logGroup.arn}:*`,
      },
      tracingConfiguration: tracing ? { enabled: true } : undefined,
      encryptionConfiguration:
        keyArn === undefined
          ? undefined
          : { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: keyArn, kmsDataKeyReusePeriodSeconds: 300 },
      tags,
    },
    // Step Functions tries the role's permissions when it creates the state machine.
    { parent, dependsOn: role.dependsOn },
  );
  return { stateMachine, definition, roleArn: role.arn, logGroup };
}

function findArns({ queues, jobs, topic, storage, eventBus }: WorkflowResources): pulumi.Output<WorkflowArns> {
  return pulumi.output({
    jobQueues: arnsOf(queues.byName),
    jobDefinitions: arnsOf(jobs.definitions),
    topic: textOf(topic.arn),
    ...(eventBus ? { eventBus: textOf(eventBus.arn) } : {}),
    jobLogGroup: textOf(jobs.logGroup.name),
    bucketName: storage?.bucketName,
  });
}
