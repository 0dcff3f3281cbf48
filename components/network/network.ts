import * as awsx from "@pulumi/awsx/ec2";
import type * as pulumi from "@pulumi/pulumi";

import type { Connection } from "./defaults";
import type { Pipeline } from "../settings";
import { createSecurityGroup } from "./securityGroup";
import { createVpc } from "./vpc";

/** Where machines run, and what they may reach. */
export interface Network extends Connection {
  inDefaultVpc: boolean;
}

export function createNetwork(pipeline: Pipeline, parent: pulumi.Resource): Network {
  const { name, network } = pipeline;
  if (network.existing) return { ...network.existing, inDefaultVpc: false };
  if (network.vpc) return { ...createVpc(pipeline, network.vpc, parent), inDefaultVpc: false };
  const vpc = new awsx.DefaultVpc(`${name}-vpc`, {}, { parent });
  const group = createSecurityGroup(pipeline, vpc.vpcId, parent);
  return { subnetIds: vpc.publicSubnetIds, securityGroupIds: [group.id], inDefaultVpc: true };
}
