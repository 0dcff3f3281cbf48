import * as cloudwatch from "@pulumi/aws/cloudwatch";

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
    { parent },
  );
}
