/**
 * Monitoring without functions to maintain: job events as logs and metrics, a dashboard, and alarms. In us-east-1 it costs,
 * per month, 0.10 USD for each of up to five alarms, 1 USD for the topic's key, and 3 USD for the dashboard. Each of the
 * key's first two yearly rotations adds 1 USD. The account's first three dashboards are free if they have at most 50 metrics,
 * which is up to three queues. Metrics cost 0.30 USD each, in proportion to the hours in which something happens: with two
 * queues there are at most 20, which is 6 USD if jobs run around the clock. Events have about 4 kB each, and a job has five,
 * so 10,000 jobs cost 0.10 USD for logs. Batch's own metrics of durations cost nothing. CloudWatch allows ten resource
 * policies for logs per account and region; a monitored pipeline uses one.
 * @see https://aws.amazon.com/cloudwatch/pricing/
 * @see https://aws.amazon.com/kms/pricing/
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export interface Monitoring {
  /** A dashboard of executions, jobs, queues, failures, vCPUs and what costs money. Defaults to true. */
  enableDashboard?: boolean;
  /**
   * Alarms for executions that failed or timed out, failed jobs, blocked queues and dead letters. They are sent as notices.
   * Defaults to true.
   */
  enableAlarms?: boolean;
  /**
   * Traces of executions in X-Ray, which cost 5 USD per million after the first 100,000 of a month. Defaults to false.
   * @see https://aws.amazon.com/xray/pricing/
   */
  enableTracing?: boolean;
}

/** CloudWatch logs. */
export interface Logs {
  /**
   * Days for which log events are kept: a value that CloudWatch allows, for example 1, 7, 30, 90, 365 or 3,653. Defaults to
   * 30.
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  retentionDays?: number;
}
