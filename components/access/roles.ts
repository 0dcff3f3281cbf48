import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { parseArn } from "../../contract/arn";
import type { Context } from "../context/context";
import { policy } from "./statements";

type Condition = Record<string, Record<string, pulumi.Input<string> | pulumi.Output<string>[]>>;
type Statements = pulumi.Input<pulumi.Input<iam.PolicyStatement>[]>;

/** A service that may assume a role. */
export interface Trust {
  service: pulumi.Input<string>;
  /**
   * The only ARN, or pattern of ARNs, for which the service may assume the role. A service works for all accounts: without
   * this, another account could make it use the role. EC2 is the exception: it gives roles to instances of its own account
   * only, and names no source.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  source?: pulumi.Input<string> | pulumi.Output<string>[];
}

/** A role that one service may assume. */
export function createRole(
  { name, tags, permissionsBoundaryArn, parent }: Context,
  suffix: string,
  trust: Trust,
): iam.Role {
  return new iam.Role(
    `${name}-${suffix}`,
    {
      assumeRolePolicy: policy([
        {
          Effect: "Allow",
          Principal: { Service: trust.service },
          Action: "sts:AssumeRole",
          ...(trust.source === undefined ? {} : { Condition: confusedDeputyCondition(trust.source) }),
        },
      ]),
      permissionsBoundary: permissionsBoundaryArn,
      tags,
    },
    { parent },
  );
}

/**
 * The condition that a service acts for this source, or for one of several, in the source's account.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function confusedDeputyCondition(source: Exclude<Trust["source"], undefined>): Condition {
  const [first] = Array.isArray(source) ? source : [source];
  return {
    StringEquals: { "aws:SourceAccount": pulumi.output(first ?? "").apply((arn) => parseArn(arn).account) },
    ArnLike: { "aws:SourceArn": source },
  };
}

/** The permissions of a role, as an inline policy: it is created and deleted with the role. */
export function createRolePolicy(
  { name, parent }: Context,
  suffix: string,
  role: iam.Role,
  statements: Statements,
): iam.RolePolicy {
  return new iam.RolePolicy(`${name}-${suffix}`, { role: role.name, policy: policy(statements) }, { parent });
}
