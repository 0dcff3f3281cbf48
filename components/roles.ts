import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "./pipeline";

type Statements = pulumi.Input<pulumi.Input<iam.PolicyStatement>[]>;

/** A role that one service may assume. */
export function createRole(
  { name, tags }: Pipeline,
  role: string,
  service: pulumi.Input<string>,
  parent: pulumi.Resource,
): iam.Role {
  return new iam.Role(
    `${name}-${role}`,
    {
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      },
      tags,
    },
    { parent },
  );
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
