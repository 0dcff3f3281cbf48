import { parseArn } from "../../../contract/arn";
import { resourceOf } from "../../../contract/serviceCalls";
import { allow, type Statement } from "../asl/statements";
import type { TaskState } from "../asl/states";
import { type Code, expression } from "../jsonata/code";
import { bucketOf, keyOf } from "../jsonata/outputObjects";
import { queueArn, type WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";

export interface ReadObject {
  uri: Code;
  /** Matches the paths that the URI may have below an output. */
  paths: string;
  /** Names the statement that allows it. */
  sid: string;
}

/** The call that reads a small object below an output, and its permission. */
export function readObject(
  { firstQueue, outputPrefix }: WorkflowSettings,
  arns: WorkflowArns,
  { uri, paths, sid }: ReadObject,
): { call: Pick<TaskState, "Type" | "Resource" | "Arguments">; statements: Statement[] } {
  const { partition } = parseArn(queueArn(arns, firstQueue));
  const objects = `arn:${partition}:s3:::${arns.bucketName ?? ""}/${outputPrefix}*${paths}`;
  return {
    call: {
      Type: "Task",
      Resource: resourceOf("aws-sdk:s3:getObject", partition),
      Arguments: { Bucket: expression(bucketOf(uri)), Key: expression(keyOf(uri)) },
    },
    statements: [allow(sid, ["s3:GetObject"], [objects])],
  };
}
