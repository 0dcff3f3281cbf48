import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";

import type { Pipeline } from "../settings";
import { createRole } from "../access/roles";
import { domainOf } from "../workflow/asl/statements";

export interface InstanceProfile {
  arn: pulumi.Output<string>;
  role: iam.Role;
  attachment: iam.RolePolicyAttachment;
}

/** What instances are to AWS: members of an ECS cluster. The nodes of an EKS cluster have a profile of that cluster's. */
export function createInstanceProfile(
  pipeline: Pipeline,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): InstanceProfile {
  const { name, tags } = pipeline;
  const role = createRole(
    pipeline,
    "instance-role",
    { service: interpolate`ec2.${partition.apply(domainOf)}` },
    parent,
  );
  const attachment = new iam.RolePolicyAttachment(
    `${name}-instance-role-policy`,
    {
      role: role.name,
      policyArn: interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role`,
    },
    { parent },
  );
  const profile = new iam.InstanceProfile(`${name}-instance-profile`, { role: role.name, tags }, { parent });
  return { arn: profile.arn, role, attachment };
}
