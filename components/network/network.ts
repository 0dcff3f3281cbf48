import * as awsx from "@pulumi/awsx/ec2";

import type { Context } from "../context/context";
import type { Connection, NetworkSettings } from "./defaults";
import { createSecurityGroup } from "./securityGroup";
import { createVpc } from "./vpc";

/** Where machines run, and what they can reach. */
export interface NetworkResources extends Connection {
  inDefaultVpc: boolean;
  publicAddresses: boolean;
}

export function createNetwork(context: Context, { existing, vpc, publicAddresses }: NetworkSettings): NetworkResources {
  const connection = existing ?? (vpc && createVpc(context, vpc));
  if (connection) return { ...connection, inDefaultVpc: false, publicAddresses };
  return { ...connectToDefaultVpc(context), inDefaultVpc: true, publicAddresses };
}

function connectToDefaultVpc(context: Context): Connection {
  const vpc = new awsx.DefaultVpc(`${context.name}-vpc`, {}, { parent: context.parent });
  const group = createSecurityGroup(context, vpc.vpcId);
  return { subnetIds: vpc.publicSubnetIds, securityGroupIds: [group.id] };
}
