import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The account of an ARN. */
export function accountOf(arn: pulumi.Output<string>): pulumi.Output<string> {
  return arn.apply((known) => known.split(":")[4] as string);
}

/** The ARN of something in the partition, region and account of an ARN. */
export function arnBeside(arn: pulumi.Output<string>, service: string, resource: string): pulumi.Output<string> {
  return arn.apply((known) => {
    const [, partition, , region, account] = known.split(":");
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  });
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
