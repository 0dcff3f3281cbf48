import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import type * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "./pipeline";
import { createVpc } from "./vpc";

/** Where machines run, and what they may reach. */
export interface Network {
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
  inDefaultVpc: boolean;
}

export function createNetwork(pipeline: Pipeline, parent: pulumi.Resource): Network {
  const { name, network } = pipeline;
  if (network.existing) return { ...network.existing, inDefaultVpc: false };
  if (network.vpc) return createVpc(pipeline, network.vpc, parent);
  const vpc = new awsx.DefaultVpc(`${name}-vpc`, {}, { parent });
  const group = createSecurityGroup(pipeline, vpc.vpcId, parent);
  return { subnetIds: vpc.publicSubnetIds, securityGroupIds: [group.id], inDefaultVpc: true };
}

export function createSecurityGroup(
  { name, tags }: Pipeline,
  vpcId: pulumi.Input<string>,
  parent: pulumi.Resource,
): ec2.SecurityGroup {
  return new ec2.SecurityGroup(
    `${name}-security-group`,
    {
      vpcId,
      description: `Instances of the video batch pipeline ${name}: everything out, nothing in`,
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }],
      tags,
    },
    { parent },
  );
}
