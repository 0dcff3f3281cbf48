import type * as pulumi from "@pulumi/pulumi";

/**
 * What starts executions automatically: uploads, schedules, events on a bus, or several of them. AWS retries failed starts for a day, and
 * then puts them into a dead-letter queue.
 */
export interface Trigger {
  /** Uploads to S3: each uploaded video starts an execution. Defaults to none. */
  uploads?: Uploads;
  /** Schedules, each with its own video. Defaults to none. */
  schedules?: Schedule[];
  /** Events on an EventBridge bus: each one that matches a pattern starts an execution. Defaults to none. */
  events?: EventTrigger;
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

/**
 * Starts an execution for each event on a bus that matches a pattern. The whole event is the execution's input. Its video is the one that
 * S3's "Object Created" event names, and otherwise `detail.input`: `detail` is read as an execution's input, with `output` and the other
 * members, unless `executionInput` says otherwise. A pattern that would match what the pipeline itself causes is refused.
 */
export interface EventTrigger {
  /**
   * Name or ARN of an existing bus in the pipeline's region and account. A change replaces the rule, and events in between start nothing.
   * Defaults to the account's default bus.
   */
  busName?: pulumi.Input<string>;
  /**
   * EventBridge's pattern for the events, as an object. It has at most 2,048 characters as JSON. A change applies to the next event and
   * replaces nothing.
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
   */
  // JSON has no narrower type that Pulumi's other languages know.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  pattern: pulumi.Input<Record<string, any>>;
  /**
   * A whole event as it arrives, with `source`, `detail-type` and `detail`. Nothing is deployed unless it matches the pattern and names a
   * video `s3://bucket/key` in the pipeline's bucket or in one of `storage.inputBuckets`. For the bucket that the pipeline `videos` creates, any name with
   * `videos-bucket` in it will do.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  sample: pulumi.Input<Record<string, any>>;
  /**
   * JSONata expression that yields the execution's input from the event, for events that don't have it as their `detail`, for example
   * `{ 'input': detail.asset.uri }`. Names in it are those of the event. It has at most 1,000 characters. With `uploads`, S3's events keep
   * their own video. A change applies to the next execution and replaces nothing. Defaults to `detail`.
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
   */
  executionInput?: string;
}
