import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

/** A statement that allows actions on resources. */
export function allow(sid: string, actions: string[], resources: iam.PolicyStatement["Resource"]): iam.PolicyStatement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources };
}

/** The statement of a resource's policy that refuses calls without TLS. */
export function onlyTls(
  action: string,
  resource: pulumi.Output<string> | pulumi.Output<string>[],
): iam.PolicyStatement {
  return {
    Sid: "OnlyTls",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

export function policy(statements: iam.PolicyDocument["Statement"]): iam.PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
