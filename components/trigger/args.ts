import type * as pulumi from "@pulumi/pulumi";

/** What starts executions by itself. Starts that fail are tried again for a day, and then kept in a dead-letter queue. */
export interface TriggerArgs {
  /** Videos that are uploaded to S3, each of which starts an execution. Defaults to none. */
  uploads?: UploadsArgs;
  /** Fixed times, each with one video of its own. Defaults to none. */
  schedules?: ScheduleArgs[];
}

/**
 * Which uploads start an execution, however they are made: at once, in parts, or as a copy. S3 tells EventBridge of them: the
 * bucket made for the pipeline does, and on buckets that exist it is switched on where they are made, because a bucket has
 * one notification configuration, which would be overwritten here. Outputs never start an execution.
 */
export interface UploadsArgs {
  /**
   * Names of the buckets: `storage.bucket`, or of `storage.inputBuckets`. Their notifications to EventBridge have to be on.
   * Defaults to the pipeline's bucket.
   */
  buckets?: pulumi.Input<string>[];
  /**
   * Beginnings of the keys, 1 or more. None of them may lie above, at or below `storage.outputPrefix`. Only with `buckets`
   * that are not the pipeline's own, a single empty one stands for the whole bucket. Defaults to `uploads/`.
   */
  prefixes?: string[];
  /** Ends of the keys, for example `.mp4` and `.MP4`: the case counts. Defaults to any. */
  suffixes?: string[];
  /**
   * Bytes that an upload has at least, 0 to 5,000,000,000. EventBridge compares no numbers above that. So uploads in parts count
   * whatever their size, as the AWS CLI, SDKs and console make them long before; but one of more than 5,000,000,000 bytes in a single
   * request, which S3 takes up to 5,368,709,120, starts nothing unless this is 0. Defaults to 0 with `suffixes`, and without to 1,
   * which leaves out the empty objects that stand for folders.
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching
   */
  minimumBytes?: number;
}

/** A start at fixed times. */
export interface ScheduleArgs {
  /** Name of the schedule: 1 to 12 letters, digits, `-` or `_`, unique whatever the case. A new name is a new schedule. */
  name: string;
  /**
   * When: `rate(1 day)`, `cron(0 6 * * ? *)` or `at(2030-01-01T00:00:00)`, as EventBridge Scheduler has them.
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  expression: string;
  /** Time zone of the expression, for example `Europe/Berlin`. Defaults to `UTC`. */
  timezone?: string;
  /** The video, for example `s3://bucket/news/today.mp4`. It is encoded again when it has changed since the last time. */
  input: pulumi.Input<string>;
  /** Where the output goes, as an execution says it. Defaults to what the pipeline chooses for the input. */
  output?: pulumi.Input<string>;
}
