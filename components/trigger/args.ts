import type * as pulumi from "@pulumi/pulumi";

/** What starts executions automatically: uploads, schedules or both. Failed starts are retried for a day, and then kept in a dead-letter queue. */
export interface Trigger {
  /** Uploads to S3: each uploaded video starts an execution. Defaults to none. */
  uploads?: Uploads;
  /** Fixed times, each with its own video. Defaults to none. */
  schedules?: Schedule[];
}

/**
 * Which uploads start an execution, whether they are made at once, in parts, or as a copy. S3 sends events of them to EventBridge. The
 * bucket made for the pipeline does so; on existing buckets, enable it where they are defined, because a bucket has only one
 * notification configuration, which would be overwritten here. Outputs never start an execution.
 */
export interface Uploads {
  /**
   * Names of the buckets: `storage.bucket`, or of `storage.inputBuckets`. Their notifications to EventBridge have to be enabled.
   * Defaults to the pipeline's bucket.
   */
  buckets?: pulumi.Input<string>[];
  /**
   * Prefixes of the keys, 1 or more, without a slash at the beginning. None may be above, at or below `storage.outputPrefix`. For `buckets` other than the
   * pipeline's own, a single empty prefix means the whole bucket. Defaults to `uploads/`.
   */
  prefixes?: string[];
  /** Suffixes of the keys, for example `.mp4` and `.MP4`: they are case-sensitive. Defaults to any. */
  suffixes?: string[];
  /**
   * The least bytes of an upload, 0 to 5,000,000,000, the largest number that EventBridge compares. Multipart uploads therefore count
   * whatever their size: the AWS CLI, SDKs and console use them long before that size. But a single request with more than
   * 5,000,000,000 bytes, of which S3 takes up to 5,368,709,120, starts nothing unless this is 0. Defaults to 0 with `suffixes`, and
   * otherwise to 1, which leaves out the empty objects that stand for folders.
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching
   */
  minimumBytes?: number;
}

/** Starts an execution at fixed times. */
export interface Schedule {
  /** Name of the schedule: 1 to 12 letters, digits, `-` or `_`, unique whatever the case. A new name makes a new schedule. */
  name: string;
  /**
   * When: `rate(1 day)`, `cron(0 6 * * ? *)` or `at(2030-01-01T00:00:00)`, as in EventBridge Scheduler. `cron` has six fields, minutes,
   * hours, day of the month, month, day of the week and year, with `?` for one of the two days.
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  expression: string;
  /** Time zone of the expression by its name, for example `Europe/Berlin`, not an offset. Defaults to `UTC`. */
  timezone?: string;
  /** The video, for example `s3://bucket/news/today.mp4`. It is encoded again if it has changed since the last time. */
  input: pulumi.Input<string>;
  /** Where the output goes, as in the input of an execution. Defaults to what the pipeline chooses for the video. */
  output?: pulumi.Input<string>;
}
