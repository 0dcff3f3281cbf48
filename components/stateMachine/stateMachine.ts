import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as iam from "@pulumi/aws/iam";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";

import { allowKeyVia } from "../access/encryption";
import type { NoticeTopic } from "../notifications/notifications";
import type { Pipeline } from "../settings";
import { createRole, createRolePolicy, type Trust } from "../access/roles";
import { definitionText } from "../workflow/definitionText";
import { recordsDoneSteps } from "../workflow/settings/policies";
import { generateWorkflow, type GeneratedWorkflow } from "../workflow/generateWorkflow";
import type { AwsLocation } from "../workflow/asl/statements";
import type { WorkflowArns } from "../workflow/settings/arns";

export interface CreatedStateMachine {
  stateMachine: sfn.StateMachine;
  definition: pulumi.Output<string>;
  roleArn: pulumi.Output<string>;
  logGroup: cloudwatch.LogGroup;
}

/** What Step Functions itself needs to write to a log group; none of it has a narrower resource. */
const LOG_DELIVERY: iam.PolicyStatement = {
  Sid: "DeliverLogs",
  Effect: "Allow",
  Action: [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
  ],
  Resource: ["*"],
};

/** The same for traces. X-Ray has no resources to name. */
const TRACING: iam.PolicyStatement = {
  Sid: "Trace",
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
  Resource: ["*"],
};

export function createStateMachine(
  pipeline: Pipeline,
  arns: pulumi.Output<WorkflowArns>,
  topic: NoticeTopic,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): CreatedStateMachine {
  const { name, tags, logRetentionDays, keyArn } = pipeline;
  const workflow = arns.apply((known) => generateWorkflow(pipeline, known));
  const logGroup = new cloudwatch.LogGroup(
    `${name}-state-machine-logs`,
    // Under this prefix, log groups share one resource policy instead of filling it up until it has no room left.
    { namePrefix: `/aws/vendedlogs/states/${name}-`, retentionInDays: logRetentionDays, kmsKeyId: keyArn, tags },
    { parent },
  );
  const role = createStateMachineRole(pipeline, workflow, topic, place, parent);
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
      tracingConfiguration: pipeline.monitoring?.tracing ? { enabled: true } : undefined,
      encryptionConfiguration:
        keyArn === undefined
          ? undefined
          : { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId: keyArn, kmsDataKeyReusePeriodSeconds: 300 },
      tags,
    },
    // Step Functions tries its permissions when it makes the state machine.
    { parent, dependsOn: role.dependsOn },
  );
  return { stateMachine, definition, roleArn: role.arn, logGroup };
}

/** One with exactly the permissions that the workflow needs, or the one that exists. */
function createStateMachineRole(
  pipeline: Pipeline,
  workflow: pulumi.Output<GeneratedWorkflow>,
  topic: NoticeTopic,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): { arn: pulumi.Output<string>; dependsOn: pulumi.Resource[] } {
  const { stateMachineRoleArn } = pipeline.roles;
  if (stateMachineRoleArn !== undefined) return { arn: pulumi.output(stateMachineRoleArn), dependsOn: [] };
  const role = createRole(pipeline, "state-machine-role", executionsIn(place), parent);
  const statements = pulumi
    .all([workflow, pulumi.output(keyStatements(pipeline, topic, place))])
    .apply(([generated, uses]) => [
      ...generated.statements,
      LOG_DELIVERY,
      ...(pipeline.monitoring?.tracing ? [TRACING] : []),
      ...uses,
    ]);
  return { arn: role.arn, dependsOn: [createRolePolicy(pipeline, "state-machine-policy", role, statements, parent)] };
}

/** Any state machine of the account and region: this one's name is known only when it has its role. */
function executionsIn(place: pulumi.Output<AwsLocation>): Trust & { source: pulumi.Output<string> } {
  return {
    service: "states.amazonaws.com",
    source: pulumi.interpolate`arn:${place.partition}:states:${place.region}:${place.account}:stateMachine:*`,
  };
}

/** What the role needs of keys that are not AWS's own: to publish, to read the plan and write down what is done, and for its own executions and logs. */
function keyStatements(
  pipeline: Pipeline,
  topic: NoticeTopic,
  place: pulumi.Output<AwsLocation>,
): iam.PolicyStatement[] {
  const { keyArn, usesWorkerPlan } = pipeline;
  const both: ["kms:Decrypt", "kms:GenerateDataKey"] = ["kms:Decrypt", "kms:GenerateDataKey"];
  const publish = topic.keyArn === undefined ? [] : [allowKeyVia("PublishWithKey", both, topic.keyArn, "sns", place)];
  if (keyArn === undefined) return publish;
  const context = (name: string, arn: pulumi.Input<string>): iam.PolicyStatement["Condition"] => ({
    StringLike: { [`kms:EncryptionContext:${name}`]: arn },
  });
  const statement = { Effect: "Allow" as const, Resource: [keyArn] };
  return [
    ...publish,
    ...(usesWorkerPlan ? [allowKeyVia("ReadPlansWithKey", ["kms:Decrypt"], keyArn, "s3", place)] : []),
    ...(recordsDoneSteps(pipeline)
      ? [allowKeyVia("WriteDownDoneWithKey", ["kms:GenerateDataKey"], keyArn, "s3", place)]
      : []),
    // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
    {
      ...statement,
      Sid: "RunWithKey",
      Action: both,
      Condition: context("aws:states:stateMachineArn", executionsIn(place).source),
    },
    {
      ...statement,
      Sid: "LogWithKey",
      Action: ["kms:GenerateDataKey"],
      Condition: context(
        "SourceArn",
        pulumi.interpolate`arn:${place.partition}:logs:${place.region}:${place.account}:*`,
      ),
    },
  ];
}
