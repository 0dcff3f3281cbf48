import type * as pulumi from "@pulumi/pulumi";

import type { NatGateways, Network, Vpc } from "./args";
import { VPC_LIMITS } from "./limits";

/** Subnets for machines, and the machines' security groups there. */
export interface Connection {
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** With neither an existing connection nor a VPC of its own, the pipeline is in the default VPC. */
export interface NetworkSettings {
  existing?: Connection;
  vpc?: VpcSettings;
  publicAddresses: boolean;
}

export interface VpcSettings extends CalledByJobs {
  cidrBlock: string;
  availabilityZones: number;
  natGateways: NatGateways;
  interfaceEndpoints: boolean;
}

/** What jobs call besides what every job needs. */
export interface CalledByJobs {
  secrets: boolean;
  events: boolean;
}

export function normaliseNetwork(args: Network = {}, called: CalledByJobs): NetworkSettings {
  const { subnetIds, securityGroupIds, vpc } = args;
  const existing =
    subnetIds !== undefined && securityGroupIds !== undefined ? { subnetIds, securityGroupIds } : undefined;
  return {
    existing,
    vpc: vpc && normaliseVpc(vpc, called),
    publicAddresses: args.enablePublicAddresses ?? (existing === undefined && vpc === undefined),
  };
}

function normaliseVpc(args: Vpc, called: CalledByJobs): VpcSettings {
  const interfaceEndpoints = args.enableInterfaceEndpoints ?? false;
  return {
    cidrBlock: args.cidrBlock ?? "10.0.0.0/16",
    availabilityZones: args.availabilityZones ?? VPC_LIMITS.availabilityZones.default,
    natGateways: args.natGateways ?? (interfaceEndpoints ? "none" : "single"),
    interfaceEndpoints,
    ...called,
  };
}
