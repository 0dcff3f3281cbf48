import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";

import type { AwsLocation } from "../../contract/arn";

export type Tags = pulumi.Input<Record<string, pulumi.Input<string>>>;

/** What all resources of a pipeline have in common. */
export interface Context {
  /** The pipeline's name, with which the names of its resources begin. */
  name: string;
  tags?: Tags;
  /** The key that encrypts everything. Absent for AWS's own keys. */
  keyArn?: pulumi.Input<string>;
  /** The policy that limits every role. Absent without such a limit. */
  permissionsBoundaryArn?: pulumi.Input<string>;
  location: pulumi.Output<AwsLocation>;
  parent: pulumi.Resource;
  /** The pipeline's aliases. Children whose names begin with the pipeline's name have them too. */
  aliases?: pulumi.ComponentResourceOptions["aliases"];
}

/** The key itself is created before there is a key. */
export type ContextWithoutKey = Omit<Context, "keyArn">;

/** Where the resource's provider creates its children. */
export function findLocation(parent: pulumi.Resource): pulumi.Output<AwsLocation> {
  const { partition } = getPartitionOutput({}, { parent });
  const { region } = getRegionOutput({}, { parent });
  const { accountId } = getCallerIdentityOutput({}, { parent });
  return pulumi.output({ partition, region, account: accountId });
}
