import type { TaskState } from "./asl";
import { expression } from "./jsonata";
import { placeOf } from "./permissions";
import type { WorkflowArns, WorkflowSettings } from "./settings";
import { queueArn } from "./states";

/** The call of S3 that reads a small object below the output, and the partition it is in. `path` is code. */
export function getObject(
  { firstQueue }: WorkflowSettings,
  arns: WorkflowArns,
  path: string,
): { partition: string; call: Pick<TaskState, "Type" | "Resource" | "Arguments"> } {
  const { partition } = placeOf(queueArn(arns, firstQueue));
  const location = `$substringAfter($output & ${path}, '://')`;
  return {
    partition,
    call: {
      Type: "Task",
      Resource: `arn:${partition}:states:::aws-sdk:s3:getObject`,
      Arguments: {
        // For a file the bucket is empty, and the key is its path without the first slash.
        Bucket: expression(`$substringBefore(${location}, '/')`),
        Key: expression(`$substringAfter(${location}, '/')`),
      },
    },
  };
}
