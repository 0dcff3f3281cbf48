import { resourceOf } from "../../../contract/serviceCalls";
import { parseArn } from "../../context/location";
import type { TaskState } from "../asl/states";
import { type Code, expression } from "../jsonata/code";
import { bucketOf, keyOf } from "../jsonata/outputObjects";
import { queueArn, type WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";

/** What a call of S3 below the outputs consists of, and the ARNs for its permission. */
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

/** The call that reads a small object. */
export function getObject({ resource }: OutputObjects, uri: Code): Pick<TaskState, "Type" | "Resource" | "Arguments"> {
  return {
    Type: "Task",
    Resource: resource,
    Arguments: { Bucket: expression(bucketOf(uri)), Key: expression(keyOf(uri)) },
  };
}
