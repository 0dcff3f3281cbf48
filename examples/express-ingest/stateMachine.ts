import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { accountOf, arnBeside, roleFor } from "./roles";
import { LOG_DELIVERY } from "./statements";

export interface StateMachineParts {
  type: "STANDARD" | "EXPRESS";
  definition: pulumi.Input<object>;
  /** What its role may do. */
  statements: pulumi.Input<pulumi.Input<aws.iam.PolicyStatement>[]>;
  /** ARN of a state machine in the same account and region, such as the pipeline's. */
  besideArn: pulumi.Output<string>;
  /** What has to be there before its first execution. */
  needs?: pulumi.Resource[];
}

/** A state machine with a role and logs of its own. */
export function createStateMachine(
  name: string,
  { type, definition, statements, besideArn, needs = [] }: StateMachineParts,
): aws.sfn.StateMachine {
  const role = roleFor(`${name}-role`, "states.amazonaws.com", {
    account: accountOf(besideArn),
    // The name of a state machine is known only after its role exists.
    arn: arnBeside(besideArn, "states", "stateMachine:*"),
  });
  const policy = new aws.iam.RolePolicy(`${name}-policy`, {
    role: role.name,
    policy: { Version: "2012-10-17", Statement: pulumi.output(statements).apply((own) => [...own, LOG_DELIVERY]) },
  });
  const logs = new aws.cloudwatch.LogGroup(`${name}-logs`, {
    namePrefix: `/aws/vendedlogs/states/${name}-`,
    retentionInDays: 30,
  });
  return new aws.sfn.StateMachine(
    name,
    {
      ...{ type, roleArn: role.arn, definition: pulumi.jsonStringify(definition) },
      loggingConfiguration: {
        // Express executions have no other history.
        level: type === "EXPRESS" ? "ALL" : "ERROR",
        includeExecutionData: true,
        logDestination: pulumi.interpolate`${logs.arn}:*`,
      },
    },
    { dependsOn: [policy, ...needs] },
  );
}
