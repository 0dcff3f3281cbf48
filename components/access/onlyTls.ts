import type * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";

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
