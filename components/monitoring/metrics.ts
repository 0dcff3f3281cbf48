/** A number that CloudWatch Logs counts in the events of jobs. */
export interface JobMetric {
  /** Part of a resource name, which must never change. */
  suffix: string;
  name: string;
  /** In the syntax of metric filters. */
  pattern: string;
  /** Names, with where the event has the value. None for a total, which is 0 when nothing happens. */
  dimensions: Record<string, string>;
}

const BY_QUEUE = { Queue: "$.detail.jobQueue" };

/** All jobs but the parents of arrays, whose state follows that of their chunks. */
const JOB = '($.detail-type = "Batch Job State Change") && ($.detail.arrayProperties.size NOT EXISTS)';
const is = (status: string): string => `($.detail.status = "${status}")`;

/** A few reasons why jobs fail: with free text, each text would be a metric of its own. */
export const REASONS: { name: string; title: string; pattern: string }[] = [
  { name: "FailedHost", title: "Host lost", pattern: '($.detail.statusReason = "Host EC2*")' },
  { name: "FailedImage", title: "Image not pulled", pattern: '($.detail.container.reason = "CannotPullContainer*")' },
  { name: "FailedMemory", title: "Out of memory", pattern: '($.detail.container.reason = "OutOfMemoryError*")' },
  { name: "FailedTimeout", title: "Attempt timeout", pattern: '($.detail.statusReason = "*timeout*")' },
  {
    name: "FailedExit",
    title: "Exit code of the program",
    pattern: '($.detail.statusReason = "Essential container in task exited*")',
  },
];

export const JOB_METRICS: JobMetric[] = [
  {
    ...{ suffix: "jobs", name: "Jobs" },
    pattern: `{ ${JOB} && (${["RUNNABLE", "RUNNING", "SUCCEEDED", "FAILED"].map(is).join(" || ")}) }`,
    dimensions: { ...BY_QUEUE, State: "$.detail.status" },
  },
  {
    ...{ suffix: "failed-jobs", name: "FailedJobs" },
    pattern: `{ ${JOB} && ${is("FAILED")} }`,
    dimensions: {},
  },
  ...REASONS.map(({ name, pattern }): JobMetric => ({
    ...{ suffix: name.toLowerCase(), name },
    pattern: `{ ${JOB} && ${is("FAILED")} && ${pattern} }`,
    dimensions: BY_QUEUE,
  })),
  {
    ...{ suffix: "blocked-queues", name: "BlockedQueues", dimensions: {} },
    pattern: '{ $.detail-type = "Batch Job Queue Blocked" }',
  },
];
