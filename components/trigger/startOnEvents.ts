import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";

import { createRole, createRolePolicy } from "../access/roles";
import type { Context } from "../context/context";
import type { DeadLetterQueue } from "./deadLetterQueue";
import { RETRIES, startExecutions } from "./startExecutions";

/** A rule whose events start executions. The names of what belongs to it begin with its own. */
export interface StartingRule {
  suffix: "uploads" | "events-trigger";
  rule: cloudwatch.EventRule;
  /** Absent for the account's default bus. */
  busName?: pulumi.Input<string>;
}

/** Starts an execution with every event of a rule. */
export function startOnEvents(
  context: Context,
  { suffix, rule, busName }: StartingRule,
  stateMachineArn: pulumi.Output<string>,
  deadLetters: DeadLetterQueue,
): void {
  const role = createRole(context, `${suffix}-role`, { service: "events.amazonaws.com", source: rule.arn });
  const policy = createRolePolicy(context, `${suffix}-policy`, role, [startExecutions(stateMachineArn)]);
  new cloudwatch.EventTarget(
    `${context.name}-${suffix}-target`,
    {
      rule: rule.name,
      eventBusName: busName,
      arn: stateMachineArn,
      roleArn: role.arn,
      retryPolicy: RETRIES,
      deadLetterConfig: { arn: deadLetters.arn },
    },
    // The first event may come immediately.
    { parent: context.parent, dependsOn: [policy, ...deadLetters.dependsOn] },
  );
}
