import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "./context";

export interface LogGroup {
  suffix: string;
  /** AWS services write only to groups whose names begin with theirs. */
  namePrefix: string;
  retentionInDays: number;
}

export function createLogGroup(
  { name, tags, keyArn, parent }: Context,
  { suffix, namePrefix, retentionInDays }: LogGroup,
): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(
    `${name}-${suffix}`,
    { namePrefix: `${namePrefix}${name}-`, retentionInDays, kmsKeyId: keyArn, tags },
    // AWS can't change the prefix, and a pipeline that is renamed keeps its logs.
    { parent, ignoreChanges: ["namePrefix"] },
  );
}

/** The name that the pipeline had when it was created. Its log groups keep it when the pipeline is renamed. */
export function findFirstName({ name }: Context, group: cloudwatch.LogGroup): pulumi.Output<string> {
  return group.namePrefix.apply((prefix) => /([^/]+)-$/.exec(prefix ?? "")?.[1] ?? name);
}
