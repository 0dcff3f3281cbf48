import type { TaskState } from "./asl";
import { expression } from "./jsonata";
import { placeOf } from "./permissions";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import { queueArn } from "./states";

/** What a call of S3 about something below the outputs is made of, and the permission for it. */
export interface BelowOutputs {
  resource: string;
  bucketArn: string;
  objectArn: (pattern: string) => string;
}

export function belowOutputs(
  { firstQueue, outputPrefix }: WorkflowSettings,
  arns: WorkflowArns,
  action: "getObject" | "putObject" | "listObjectsV2",
): BelowOutputs {
  const { partition } = placeOf(queueArn(arns, firstQueue));
  const bucketArn = `arn:${partition}:s3:::${arns.bucketName ?? ""}`;
  return {
    resource: `arn:${partition}:states:::aws-sdk:s3:${action}`,
    bucketArn,
    objectArn: (pattern) => `${bucketArn}/${outputPrefix}${pattern}`,
  };
}

/** The call that reads a small object below the output. `path` is code. */
export function getObject(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  path: string,
): { objectArn: BelowOutputs["objectArn"]; call: Pick<TaskState, "Type" | "Resource" | "Arguments"> } {
  const { resource, objectArn } = belowOutputs(settings, arns, "getObject");
  const location = `$substringAfter($output & ${path}, '://')`;
  return {
    objectArn,
    call: {
      Type: "Task",
      Resource: resource,
      Arguments: {
        // For a file the bucket is empty, and the key is its path without the first slash.
        Bucket: expression(`$substringBefore(${location}, '/')`),
        Key: expression(`$substringAfter(${location}, '/')`),
      },
    },
  };
}
