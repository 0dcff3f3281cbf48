import type { WorkflowSettings } from "./settings";

/** What is known once the resources exist. */
export interface WorkflowArns {
  /** By the queue's name in the pipeline. */
  jobQueues: Record<string, string>;
  /** With their revisions, by the keys that `jobVariants` gives them. */
  jobDefinitions: Record<string, string>;
  topic: string;
  /** The bus for events. Absent when none are sent. */
  eventBus?: string;
  /** Name of the log group of the jobs, for the notice of a failure. */
  jobLogGroup: string;
  /** Absent when no job needs storage. */
  bucketName?: string;
}

/** The validation makes sure that every name is known. The error is for callers that skip it. */
export function queueArn(arns: WorkflowArns, queue: string): string {
  const arn = arns.jobQueues[queue];
  if (arn === undefined) throw new Error(`There is no ARN of the queue "${queue}".`);
  return arn;
}

export function jobDefinitionArn(arns: WorkflowArns, key: string): string {
  const arn = arns.jobDefinitions[key];
  if (arn === undefined) throw new Error(`There is no ARN of the job definition "${key}".`);
  return arn;
}

/** The error is for callers that send events without a bus. */
export function eventBusArn({ eventBus }: Pick<WorkflowArns, "eventBus">): string {
  if (eventBus === undefined) throw new Error("There is no ARN for the event bus.");
  return eventBus;
}

/** The beginning of the output's URI, for executions that do not name an output. */
export function outputsUri({ outputPrefix }: WorkflowSettings, { bucketName = "" }: WorkflowArns): string {
  return `s3://${bucketName}/${outputPrefix}`;
}
