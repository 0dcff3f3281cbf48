import type * as pulumi from "@pulumi/pulumi";

/**
 * What starts executions automatically: uploads, schedules or both. AWS retries failed starts for a day, and then puts them
 * into a dead-letter queue.
 */
export interface Trigger {
  /** Uploads to S3: each uploaded video starts an execution. Defaults to none. */
  uploads?: Uploads;
  /** Schedules, each with its own video. Defaults to none. */
  schedules?: Schedule[];
}

/**
 * Which uploads start an execution: single requests, multipart uploads and copies. S3 sends their events to EventBridge. A
 * bucket that the pipeline creates does so. On existing buckets, enable it where they are defined: a bucket has only one
 * notification configuration, which the pipeline would overwrite. Outputs never start an execution.
 */
export interface Uploads {
  /**
   * Names of the buckets: `storage.bucket` or entries of `storage.inputBuckets`. Their notifications to EventBridge must be
   * enabled. Defaults to the pipeline's bucket.
   */
  buckets?: pulumi.Input<string>[];
  /**
   * Prefixes of the keys, 1 or more, without a slash at the beginning. None may overlap with `storage.outputPrefix`. For
   * `buckets` other than the pipeline's own, a single empty prefix means the whole bucket. Defaults to `uploads/`.
   */
  prefixes?: string[];
  /** Suffixes of the keys, for example `.mp4` and `.MP4`: they are case-sensitive. Defaults to any. */
  suffixes?: string[];
  /**
   * Minimum size of an upload in bytes, 0 to 5,000,000,000, the largest number that EventBridge compares. Multipart uploads
   * start an execution whatever their size: the AWS CLI, SDKs and console use them long before that size. A single-request upload
   * of more than 5,000,000,000 bytes starts nothing unless this is 0. S3's limit for such an upload is 5,368,709,120. Defaults to 0 with `suffixes`, and otherwise to 1, which ignores the empty objects that stand for folders.
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching
   */
  minimumBytes?: number;
}

/** Starts an execution at fixed times. */
export interface Schedule {
  /**
   * Name of the schedule: 1 to 12 letters, digits, `-` or `_`, unique regardless of case. A new name creates a new schedule.
   */
  name: string;
  /**
   * When: `rate(1 day)`, `cron(0 6 * * ? *)` or `at(2030-01-01T00:00:00)`, as in EventBridge Scheduler. `cron` has six
   * fields: minutes, hours, day of the month, month, day of the week and year, with `?` for one of the two days.
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  expression: string;
  /** Name of the expression's time zone, for example `Europe/Berlin`, not an offset. Defaults to `UTC`. */
  timezone?: string;
  /** The video, for example `s3://bucket/news/today.mp4`. It is encoded again if it has changed since the last time. */
  input: pulumi.Input<string>;
  /** Where the output goes, as in an execution's input. Defaults to the prefix that the pipeline chooses for the video. */
  output?: pulumi.Input<string>;
}
