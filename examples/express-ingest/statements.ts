import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { arnBeside } from "./roles";

/** Step Functions needs this to write its logs. There is no narrower form. */
export const LOG_DELIVERY: aws.iam.PolicyStatement = {
  Effect: "Allow",
  Action: [
    ...["CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries"],
    ...["PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"],
  ].map((action) => `logs:${action}`),
  Resource: ["*"],
};

/** A rule that Step Functions manages, to be notified of the end of what it waits for. */
export function useRule(rule: string, besideArn: pulumi.Output<string>): aws.iam.PolicyStatement {
  const actions = ["events:PutTargets", "events:PutRule", "events:DescribeRule"];
  return { Effect: "Allow", Action: actions, Resource: [arnBeside(besideArn, "events", `rule/${rule}`)] };
}

/** Starts executions of a state machine, waits for their end, and stops them when the one that waits is stopped. */
export function runExecutions(stateMachineArn: pulumi.Output<string>): aws.iam.PolicyStatement[] {
  return [
    { Effect: "Allow", Action: ["states:StartExecution"], Resource: [stateMachineArn] },
    {
      Effect: "Allow",
      Action: ["states:DescribeExecution", "states:StopExecution"],
      Resource: [stateMachineArn.apply((arn) => `${arn.replace(":stateMachine:", ":execution:")}:*`)],
    },
    useRule("StepFunctionsGetEventsForStepFunctionsExecutionRule", stateMachineArn),
  ];
}
