import type * as iam from "@pulumi/aws/iam";

/** A statement that allows actions on resources. */
export function allow(sid: string, actions: string[], resources: iam.PolicyStatement["Resource"]): iam.PolicyStatement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources };
}
