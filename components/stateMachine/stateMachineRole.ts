import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { allowKeyVia, READ_AND_WRITE } from "../access/keyUse";
import { createRole, createRolePolicy } from "../access/roles";
import { allow } from "../access/statements";
import type { Context } from "../context/context";
import { allowTopicKey, type NoticeTopic } from "../notifications/topic";
import type { WorkflowSettings } from "../workflow/settings/settings";
import type { StateMachineSettings } from "./defaults";

/** What Step Functions itself needs to write to a log group. None of these actions supports a narrower resource. */
export const LOG_DELIVERY = allow(
  "DeliverLogs",
  [
    ...["Create", "Get", "Update", "Delete"].map((verb) => `logs:${verb}LogDelivery`),
    ...["logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"],
  ],
  ["*"],
);

/** The same for traces. X-Ray has no resources to name. */
export const TRACING = allow(
  "Trace",
  ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
  ["*"],
);

/**
 * A role with exactly the permissions that the workflow needs.
 * @param calls Allow what the workflow calls.
 */
export function createStateMachineRole(
  context: Context,
  { workflow, tracing }: StateMachineSettings,
  calls: pulumi.Output<iam.PolicyStatement[]>,
  topic: NoticeTopic,
): { arn: pulumi.Output<string>; dependsOn: pulumi.Resource[] } {
  const source = executionArns(context);
  const role = createRole(context, "state-machine-role", { service: "states.amazonaws.com", source });
  const keys = [
    ...allowTopicKey(context, topic),
    ...(context.keyArn === undefined ? [] : keyStatements(context, context.keyArn, workflow)),
  ];
  const all = pulumi
    .all([calls, pulumi.output(keys)])
    .apply(([own, forKeys]) => [...own, LOG_DELIVERY, ...(tracing ? [TRACING] : []), ...forKeys]);
  return { arn: role.arn, dependsOn: [createRolePolicy(context, "state-machine-policy", role, all)] };
}

/** Any state machine of the account and region: this one's name is known only after its role exists. */
function executionArns({ location }: Context): pulumi.Output<string> {
  return pulumi.interpolate`arn:${location.partition}:states:${location.region}:${location.account}:stateMachine:*`;
}

/** To read orders and causes. */
export function allowStorageKey(context: Context, { usesWorkerPlan }: WorkflowSettings): iam.PolicyStatement[] {
  const { keyArn } = context;
  if (keyArn === undefined || !usesWorkerPlan) return [];
  return [allowKeyVia(context, { sid: "ReadPlansWithKey", actions: ["kms:Decrypt"], keyArn, service: "s3" })];
}

/** For what jobs have written, and for the state machine's own executions and logs. */
function keyStatements(
  context: Context,
  keyArn: pulumi.Input<string>,
  settings: WorkflowSettings,
): iam.PolicyStatement[] {
  const { partition, region, account } = context.location;
  const logs = pulumi.interpolate`arn:${partition}:logs:${region}:${account}:*`;
  const inContext = (key: string, arn: pulumi.Output<string>) => ({
    Condition: { StringLike: { [`kms:EncryptionContext:${key}`]: arn } },
  });
  return [
    ...allowStorageKey(context, settings),
    // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
    {
      ...allow("RunWithKey", READ_AND_WRITE, [keyArn]),
      ...inContext("aws:states:stateMachineArn", executionArns(context)),
    },
    { ...allow("LogWithKey", ["kms:GenerateDataKey"], [keyArn]), ...inContext("SourceArn", logs) },
  ];
}
