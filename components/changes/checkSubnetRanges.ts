import type { VpcSettings } from "../network/defaults";
import { type Problem, when } from "../rules/problem";

type Ranges = Pick<VpcSettings, "cidrBlock" | "availabilityZones">;

/**
 * Other ranges for the subnets of the same VPC. Their replacements are created first, and AWS refuses what overlaps with a subnet that
 * exists.
 */
export function checkSubnetRanges(before: Ranges | undefined, now: Ranges | undefined): Problem[] {
  if (!before || !now || before.cidrBlock !== now.cidrBlock) return [];
  return when(countRanges(before) !== countRanges(now), {
    path: "network.vpc.availabilityZones",
    rule: "must change together with network.vpc.cidrBlock, except between 3 and 4 or between 5 and 6",
    received: now.availabilityZones,
    remedy: `With ${before.availabilityZones} before, every subnet would get another range, which AWS refuses as long as the old subnets exist: choose another cidrBlock too, or keep ${before.availabilityZones}.`,
  });
}

/**
 * Into how many equal ranges awsx divides a VPC.
 * @see https://github.com/pulumi/pulumi-awsx/blob/v3.8.0/awsx/ec2/subnetDistributorNew.ts
 */
function countRanges({ availabilityZones }: Ranges): number {
  return 2 ** Math.ceil(Math.log2(availabilityZones));
}
