import type * as pulumi from "@pulumi/pulumi";

/** Where the machines run. */
export interface Network {
  /**
   * Existing subnets, together with `securityGroupIds`. They need a way to ECS, ECR, CloudWatch Logs and S3: public addresses,
   * a NAT gateway or VPC endpoints. Defaults to the public subnets of the default VPC.
   */
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Existing security groups, together with `subnetIds`. They have to allow outgoing HTTPS, and nothing incoming.
   * Defaults to one made for the pipeline, which allows nothing in.
   */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Gives machines public addresses. In the default VPC they reach nothing without one; in subnets with a NAT gateway or endpoints
   * they need none. Defaults to true in the default VPC, and to false elsewhere.
   */
  enablePublicAddresses?: boolean;
  /** A VPC made for the pipeline, instead of existing subnets. Defaults to none. */
  vpc?: Vpc;
}

/** How many NAT gateways a new VPC has. */
export const NatGateways = {
  none: "none",
  single: "single",
  perZone: "per-zone",
} as const;
export type NatGateways = (typeof NatGateways)[keyof typeof NatGateways];

/** A VPC with private subnets for the machines. Videos go through its gateway endpoint for S3, which costs nothing. */
export interface Vpc {
  /** Address range of the VPC, from `/16` to `/24`. A change replaces the VPC. Defaults to `10.0.0.0/16`. */
  cidrBlock?: string;
  /** Availability Zones with a private and a public subnet each, 1 to 6. More zones find more capacity. Defaults to 2. */
  availabilityZones?: number;
  /**
   * `none`, `single` or `per-zone`: NAT gateways, through which machines reach AWS and other registries. In us-east-1 each costs
   * about 33 USD a month, used or not, and 0.045 USD per GB; traffic with S3 doesn't go through them. Defaults to `single`, or to
   * `none` with interface endpoints.
   * @see https://aws.amazon.com/vpc/pricing/
   */
  natGateways?: NatGateways;
  /**
   * Interface endpoints for ECS, ECR, CloudWatch Logs and, where jobs have secrets, Secrets Manager and Parameter Store. Without
   * a NAT gateway machines then reach nothing but AWS: images have to be in ECR. In us-east-1 each of the six to eight costs
   * about 7.30 USD a month in every zone, and 0.01 USD per GB. Defaults to false.
   * @see https://aws.amazon.com/privatelink/pricing/
   */
  enableInterfaceEndpoints?: boolean;
}
