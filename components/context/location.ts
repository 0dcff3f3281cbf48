import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";

import type { AwsLocation } from "../workflow/asl/statements";

/** Where the provider of a resource makes its children. */
export function locationOfChildren(parent: pulumi.Resource): pulumi.Output<AwsLocation> {
  const { partition } = getPartitionOutput({}, { parent });
  const { region } = getRegionOutput({}, { parent });
  const { accountId } = getCallerIdentityOutput({}, { parent });
  return pulumi.output({ partition, region, account: accountId });
}
