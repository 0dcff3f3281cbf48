import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

import { allow } from "../access/statements";

/** The most that EventBridge allows. It stops immediately where retries can't help, as with a missing permission. */
export const RETRIES = { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 };

/** The only permission of a trigger. */
export function startExecutions(stateMachineArn: pulumi.Output<string>): iam.PolicyStatement {
  return allow("StartExecutions", ["states:StartExecution"], [stateMachineArn]);
}
