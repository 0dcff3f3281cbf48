/**
 * How the pipeline is watched: events of jobs as logs, metrics of them, a dashboard and alarms, without functions to look after. In
 * us-east-1 it costs, by the month, 0.10 USD for each of up to five alarms, 1 USD for the topic's key, to which its first two yearly
 * rotations add 1 USD each, and 3 USD for the dashboard, unless it is one of the account's first three and has up to three queues, with
 * which it stays below 50 metrics. Metrics cost 0.30 USD each, by the hours in which something happens: with two queues there are
 * 20 at most, 6 USD if jobs run all day. Events are about 4 kB each and five for a job, so that 10,000 jobs cost 0.10 USD for
 * logs. Batch's own metrics of durations cost nothing. CloudWatch has room for ten policies of log groups in an account and region, of
 * which a pipeline that is watched takes one.
 * @see https://aws.amazon.com/cloudwatch/pricing/
 * @see https://aws.amazon.com/kms/pricing/
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export interface MonitoringArgs {
  /** A dashboard of executions, jobs, queues, failures, vCPUs and what costs money. Defaults to true. */
  enableDashboard?: boolean;
  /**
   * Alarms, sent as notices, on executions that failed or ran out of time, on failed jobs, blocked queues and dead letters. Defaults to
   * true.
   */
  enableAlarms?: boolean;
  /**
   * Traces of executions in X-Ray, which cost 5 USD for a million after the first 100,000 of a month. Defaults to false.
   * @see https://aws.amazon.com/xray/pricing/
   */
  enableTracing?: boolean;
}
