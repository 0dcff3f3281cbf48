/** Time limits of an execution. */
export interface WorkflowArgs {
  /**
   * Seconds that a whole execution may take, 300 to 31,536,000. No step takes longer than what is left of them, less one
   * minute for the notice of its failure. Defaults to 3,600.
   */
  timeoutSeconds?: number;
  /**
   * Seconds that a job may wait in its queue, 0 to 31,536,000, on top of the time of all its attempts. A step that takes
   * longer fails with a notice. Defaults to the whole execution's `timeoutSeconds`.
   */
  queueWaitSeconds?: number;
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
