import { resourceOf } from "../../../contract/serviceCalls";
import type { TaskState } from "../asl/states";
import { expression } from "../jsonata/code";
import { parseArn } from "../asl/statements";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";
import { queueArn } from "../asl/builtStates";

/** What a call of S3 about something below the outputs is made of, and the permission for it. */
export interface OutputObjects {
  resource: string;
  bucketArn: string;
  objectArn: (pattern: string) => string;
}

export function outputObjects(
  { firstQueue, outputPrefix }: WorkflowSettings,
  arns: WorkflowArns,
  action: "getObject" | "putObject" | "listObjectsV2",
): OutputObjects {
  const { partition } = parseArn(queueArn(arns, firstQueue));
  const bucketArn = `arn:${partition}:s3:::${arns.bucketName ?? ""}`;
  return {
    resource: resourceOf(`aws-sdk:s3:${action}`, partition),
    bucketArn,
    objectArn: (pattern) => `${bucketArn}/${outputPrefix}${pattern}`,
  };
}

/** The call that reads a small object below the output. `path` is code. */
export function getObject(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  path: string,
): { objectArn: OutputObjects["objectArn"]; call: Pick<TaskState, "Type" | "Resource" | "Arguments"> } {
  const { resource, objectArn } = outputObjects(settings, arns, "getObject");
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
