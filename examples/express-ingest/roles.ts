import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The account of an ARN. */
export function accountOf(arn: pulumi.Output<string>): pulumi.Output<string> {
  return arn.apply((known) => known.split(":")[4] as string);
}

/** Any state machine beside this one: the name of a state machine is known only after its role exists. */
export function anyStateMachine(arn: pulumi.Output<string>): pulumi.Output<string> {
  return arn.apply((known) => known.replace(/:stateMachine:.*/, ":stateMachine:*"));
}

/** A role that one service may assume, and only on behalf of one source in this account. */
export function roleFor(
  name: string,
  service: string,
  { account, arn }: { account: pulumi.Input<string>; arn: pulumi.Input<string> },
): aws.iam.Role {
  return new aws.iam.Role(name, {
    assumeRolePolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: service },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": arn } },
        },
      ],
    },
  });
}

/** Step Functions needs this to write its logs. There is no narrower form. */
export const LOG_DELIVERY: aws.iam.PolicyStatement = {
  Effect: "Allow",
  Action: [
    ...["CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries"],
    ...["PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"],
  ].map((action) => `logs:${action}`),
  Resource: ["*"],
};
