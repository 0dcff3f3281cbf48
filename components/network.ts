import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import type * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "./pipeline";

/** Where instances run, and what they may reach. */
export interface Network {
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

export function createNetwork({ name, compute, tags }: Pipeline, parent: pulumi.Resource): Network {
  const { subnetIds, securityGroupIds } = compute;
  if (subnetIds !== undefined && securityGroupIds !== undefined) return { subnetIds, securityGroupIds };
  const vpc = new awsx.DefaultVpc(`${name}-vpc`, {}, { parent });
  const securityGroup = new ec2.SecurityGroup(
    `${name}-security-group`,
    {
      vpcId: vpc.vpcId,
      description: `Instances of the video batch pipeline ${name}: everything out, nothing in`,
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }],
      tags,
    },
    { parent },
  );
  return { subnetIds: vpc.publicSubnetIds, securityGroupIds: [securityGroup.id] };
}
