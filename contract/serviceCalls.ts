/** The calls of AWS services that run on this machine too, as the resource of a task names them. */
export type ServiceCall =
  | "batch:submitJob.sync"
  | "sns:publish"
  | "sns:publish.waitForTaskToken"
  | "sqs:sendMessage"
  | "states:startExecution"
  | "states:startExecution.sync"
  | "states:startExecution.sync:2"
  | "aws-sdk:sfn:startSyncExecution"
  | "mediaconvert:createJob"
  | "mediaconvert:createJob.sync"
  | "events:putEvents"
  | "lambda:invoke"
  | "aws-sdk:s3:getObject"
  | "aws-sdk:s3:headObject"
  | "aws-sdk:s3:listObjectsV2";

/** The resource of a task that makes a call. */
export function resourceOf(call: ServiceCall, partition = "aws"): string {
  return `arn:${partition}:states:::${call}`;
}

/**
 * The call that a resource makes: `sns:publish` for `arn:aws:states:::sns:publish`. It may be any that Step Functions
 * knows.
 */
export function callOf(resource: string): string | undefined {
  return /^arn:[\w-]+:states:::(.+)$/.exec(resource)?.[1];
}

/** The service that a resource calls: `s3` for `arn:aws:states:::aws-sdk:s3:getObject`. */
export function serviceOf(resource: string): string | undefined {
  return /^(?:aws-sdk:)?([\w-]+)/.exec(callOf(resource) ?? "")?.[1];
}

/** Whether a task waits for the end of what it starts: `.sync`, in its first or second version. */
export function waitsForEnd(resource: string): boolean {
  return /\.sync(:\d+)?$/.test(resource);
}

/** Whether a task waits until somebody sends an answer. */
export function waitsForAnswer(resource: string): boolean {
  return resource.endsWith(".waitForTaskToken");
}
