import type * as pulumi from "@pulumi/pulumi";

import type { NetworkArgs } from "./args";

/** Subnets for machines, and the security groups that they get there. */
export interface Connection {
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

export interface NetworkSettings {
  /** Existing ones, given together. */
  existing?: Connection;
  /** One that is made. Without either it is the default VPC. */
  vpc?: VpcSettings;
  publicAddresses: boolean;
}

export interface VpcSettings {
  cidrBlock: string;
  availabilityZones: number;
  natGateways: string;
  interfaceEndpoints: boolean;
}

export function networkOf(args: NetworkArgs = {}): NetworkSettings {
  const { subnetIds, securityGroupIds, vpc } = args;
  const existing =
    subnetIds !== undefined && securityGroupIds !== undefined ? { subnetIds, securityGroupIds } : undefined;
  return {
    existing,
    vpc: vpc && {
      cidrBlock: vpc.cidrBlock ?? "10.0.0.0/16",
      availabilityZones: vpc.availabilityZones ?? 2,
      natGateways: vpc.natGateways ?? (vpc.enableInterfaceEndpoints === true ? "none" : "single"),
      interfaceEndpoints: vpc.enableInterfaceEndpoints ?? false,
    },
    publicAddresses: args.enablePublicAddresses ?? (existing === undefined && vpc === undefined),
  };
}
