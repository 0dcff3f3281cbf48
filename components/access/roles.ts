import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "../settings";
import { parseArn } from "../workflow/asl/statements";

type Condition = Record<string, Record<string, pulumi.Input<string> | pulumi.Output<string>[]>>;
type Statements = pulumi.Input<pulumi.Input<iam.PolicyStatement>[]>;

/** A service that may assume a role. */
export interface Trust {
  service: pulumi.Input<string>;
  /**
   * ARN, or the pattern of one, for which alone it may: a service acts for everybody, and could be talked into using this role
   * for another account. EC2 is the exception: it gives roles to instances of its own account only, and names no source.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  source?: pulumi.Input<string> | pulumi.Output<string>[];
}

/** A role that one service may assume. */
export function createRole(
  { name, tags, roles }: Pipeline,
  role: string,
  trust: Trust,
  parent: pulumi.Resource,
): iam.Role {
  return new iam.Role(
    `${name}-${role}`,
    {
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: trust.service },
            Action: "sts:AssumeRole",
            ...(trust.source === undefined ? {} : { Condition: confusedDeputyCondition(trust.source) }),
          },
        ],
      },
      permissionsBoundary: roles.permissionsBoundaryArn,
      tags,
    },
    { parent },
  );
}

/**
 * The condition that a service acts for this source, or one of several, and with it for its account.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function confusedDeputyCondition(source: Exclude<Trust["source"], undefined>): Condition {
  const [first] = Array.isArray(source) ? source : [source];
  return {
    StringEquals: { "aws:SourceAccount": pulumi.output(first ?? "").apply((arn) => parseArn(arn).account) },
    ArnLike: { "aws:SourceArn": source },
  };
}

/** What a role may do, inline: it comes and goes with the role. */
export function createRolePolicy(
  { name }: Pipeline,
  policy: string,
  role: iam.Role,
  statements: Statements,
  parent: pulumi.Resource,
): iam.RolePolicy {
  return new iam.RolePolicy(
    `${name}-${policy}`,
    { role: role.name, policy: { Version: "2012-10-17", Statement: statements } },
    { parent },
  );
}
