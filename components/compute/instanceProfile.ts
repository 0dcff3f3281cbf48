import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";

import { createRole } from "../access/roles";
import type { Context } from "../context/context";
import { serviceDomain } from "../context/serviceDomain";

export interface InstanceProfile {
  arn: pulumi.Output<string>;
  role: iam.Role;
  attachment: iam.RolePolicyAttachment;
}

/** The permissions of instances as members of an ECS cluster. The nodes of an EKS cluster have a profile of that cluster. */
export function createInstanceProfile(context: Context): InstanceProfile {
  const { name, tags, parent } = context;
  const partition = context.location.partition;
  const role = createRole(context, "instance-role", { service: interpolate`ec2.${partition.apply(serviceDomain)}` });
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
