import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

/** What EventBridge does at most. It gives up at once on what no retry mends, such as a missing permission. */
export const RETRIES = { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 };

/** The one thing that a trigger may do. */
export function startExecutions(stateMachineArn: pulumi.Output<string>): iam.PolicyStatement {
  return { Sid: "StartExecutions", Effect: "Allow", Action: ["states:StartExecution"], Resource: [stateMachineArn] };
}
