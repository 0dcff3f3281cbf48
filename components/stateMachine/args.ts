/** Time limits of an execution, and what becomes of it when something fails. */
export interface WorkflowArgs {
  /**
   * Seconds that the work on a video may take, 300 to 31,535,000. No step takes longer than what is left of them. The execution
   * itself has some minutes more, for the notice of a failure to be sent when a service is in trouble. Defaults to 3,600.
   */
  timeoutSeconds?: number;
  /**
   * Seconds that a job may wait in its queue, 0 to 31,536,000, on top of the time of all its attempts. A step that takes
   * longer fails with a notice. Defaults to the whole execution's `timeoutSeconds`.
   */
  queueWaitSeconds?: number;
  /**
   * Finishes and packages the other renditions when one fails for good; manifest and notice say what is missing. Without a
   * single rendition left the execution fails. Defaults to false: the first failure ends the execution and its jobs.
   */
  continueOnRenditionFailure?: boolean;
  /** Goes on without scenes, poster and thumbnails when their job fails for good. Defaults to false. */
  continueOnFeaturesFailure?: boolean;
  /**
   * How an execution ends that finished only a part: `succeed`, or `fail` with the error `VideoIncomplete`, after which a
   * redrive makes what is missing. Defaults to `succeed`.
   */
  partialOutcome?: string;
}

/** CloudWatch logs. */
export interface LogsArgs {
  /**
   * Days that log events are kept: one of the values that CloudWatch knows, for example 1, 7, 30, 90, 365 or 3,653.
   * Defaults to 30.
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  retentionDays?: number;
}
