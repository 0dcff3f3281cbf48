import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as iam from "@pulumi/aws/iam";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "./pipeline";
import { createRole, createRolePolicy, type Trust } from "./roles";
import { generateWorkflow, type GeneratedWorkflow } from "./workflow/generateWorkflow";
import type { Place } from "./workflow/permissions";
import type { WorkflowArns } from "./workflow/settings";

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

export function createStateMachine(
  pipeline: Pipeline,
  arns: pulumi.Output<WorkflowArns>,
  place: pulumi.Output<Place>,
  parent: pulumi.Resource,
): CreatedStateMachine {
  const { name, tags, logRetentionDays } = pipeline;
  const workflow = arns.apply((known) => generateWorkflow(pipeline, known));
  const logGroup = new cloudwatch.LogGroup(
    `${name}-state-machine-logs`,
    // Under this prefix, log groups share one resource policy instead of filling it up until it has no room left.
    { namePrefix: `/aws/vendedlogs/states/${name}-`, retentionInDays: logRetentionDays, tags },
    { parent },
  );
  const role = createStateMachineRole(pipeline, workflow, place, parent);
  const definition = workflow.apply((generated) => JSON.stringify(generated.definition, undefined, 2));
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
  place: pulumi.Output<Place>,
  parent: pulumi.Resource,
): { arn: pulumi.Output<string>; dependsOn: pulumi.Resource[] } {
  const { stateMachineRoleArn } = pipeline.roles;
  if (stateMachineRoleArn !== undefined) return { arn: pulumi.output(stateMachineRoleArn), dependsOn: [] };
  const role = createRole(pipeline, "state-machine-role", executionsIn(place), parent);
  const statements = workflow.apply((generated) => [...generated.statements, LOG_DELIVERY]);
  return { arn: role.arn, dependsOn: [createRolePolicy(pipeline, "state-machine-policy", role, statements, parent)] };
}

/** Any state machine of the account and region: this one's name is known only when it has its role. */
function executionsIn(place: pulumi.Output<Place>): Trust {
  return {
    service: "states.amazonaws.com",
    source: pulumi.interpolate`arn:${place.partition}:states:${place.region}:${place.account}:stateMachine:*`,
  };
}
