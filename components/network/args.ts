import type * as pulumi from "@pulumi/pulumi";

/** Where the machines run. */
export interface Network {
  /**
   * IDs of existing subnets, together with `securityGroupIds`. They must reach ECS, ECR, CloudWatch Logs and S3, through
   * public addresses, a NAT gateway or VPC endpoints. Defaults to the public subnets of the default VPC.
   */
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * IDs of existing security groups, together with `subnetIds`. They must allow outgoing HTTPS, and need to allow nothing
   * incoming. Defaults to a group that the pipeline creates, which allows nothing incoming.
   */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Gives machines public addresses. In the default VPC they reach nothing without an address; in subnets with a NAT gateway
   * or endpoints they need none. Defaults to true in the default VPC, and to false elsewhere.
   */
  enablePublicAddresses?: boolean;
  /**
   * Creates a VPC for the pipeline, instead of using existing subnets. Adding or removing it updates the environments in
   * place. Removing it deletes the VPC. Defaults to none.
   */
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
  /** IPv4 address range of the VPC, from `/16` to `/24`. A change replaces the VPC and everything in it. Defaults to `10.0.0.0/16`. */
  cidrBlock?: string;
  /**
   * Number of Availability Zones, each with a private and a public subnet, 1 to 6. More zones have more capacity. Between 3
   * and 4, and between 5 and 6, a change adds or removes subnets. Any other change must change `cidrBlock` too, or the preview
   * refuses it: it gives all subnets other address ranges, which AWS refuses as long as the old ones exist. Defaults to 2.
   */
  availabilityZones?: number;
  /**
   * `none`, `single` or `per-zone`: NAT gateways, through which machines reach AWS and other registries. In us-east-1 each
   * costs about 33 USD a month, used or not, and 0.045 USD per GB; S3 traffic doesn't go through them. Defaults to `single`,
   * or to `none` with interface endpoints.
   * @see https://aws.amazon.com/vpc/pricing/
   */
  natGateways?: NatGateways;
  /**
   * Interface endpoints for ECS, ECR, CloudWatch Logs and, where jobs have secrets, Secrets Manager and Parameter Store.
   * With `events`, there is one for EventBridge too.
   * Without a NAT gateway machines then reach only AWS: images must be in ECR. In us-east-1 each of the six to nine
   * endpoints costs about 7.30 USD a month in every zone, and 0.01 USD per GB. Defaults to false.
   * @see https://aws.amazon.com/privatelink/pricing/
   */
  enableInterfaceEndpoints?: boolean;
}
