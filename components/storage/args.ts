import type * as pulumi from "@pulumi/pulumi";

/** The buckets for videos and outputs. */
export interface Storage {
  /**
   * Name of an existing bucket for videos and outputs, in the pipeline's region: Step Functions reads from no other. The
   * pipeline doesn't change its policy, encryption and lifecycle rules: add a rule that expires objects with the tag
   * `video-batch-pipeline=intermediate`, no earlier than the default of `intermediateExpirationDays`. A change moves no
   * objects, and running jobs can't write to the earlier bucket any more. Adding it deletes the bucket that the pipeline
   * created, in the same way as `pulumi destroy`. Defaults to a bucket that the pipeline creates: private, encrypted, TLS only.
   */
  bucket?: pulumi.Input<string>;
  /**
   * Names of other existing buckets that videos may be read from. AWS charges for every gigabyte that jobs read from another
   * region. Defaults to none.
   */
  inputBuckets?: pulumi.Input<string>[];
  /**
   * Prefix of the keys that jobs may write, empty or ending with `/`. The output of `videos/a.mp4` goes below
   * `output/videos/a.mp4/`, unless the execution names another place, which must also be below this prefix. An empty prefix
   * allows jobs to write anywhere in the bucket. A change moves no objects, and running jobs can't write below the earlier
   * prefix any more. Defaults to `output/`.
   */
  outputPrefix?: string;
  /**
   * Days after which intermediate objects are deleted, 16 to 3,650. At least the days that an execution can take with its
   * approval, plus the 14 days in which it can be redriven, plus one. Only for a bucket that the pipeline creates. Defaults
   * to that minimum: 16 days with the default time limits, 17 with an approval.
   */
  intermediateExpirationDays?: number;
  /**
   * Protects a bucket that the pipeline creates, and what belongs to it, from deletion until this is false. The preview of
   * `pulumi destroy` then fails; without a preview, as in the Automation API, it fails after it has deleted everything else.
   * Defaults to false.
   */
  protect?: boolean;
  /**
   * Keeps a bucket that the pipeline created in AWS, with its settings and everything in it, when it is removed from the
   * stack or the stack is destroyed. Defaults to false: an empty bucket is deleted with the stack, and a bucket with objects
   * makes `pulumi destroy` fail, unless `forceDestroy` is true.
   */
  retainOnDelete?: boolean;
  /**
   * Keeps former versions of overwritten and deleted objects for `versionExpirationDays`. They cost as much to store as
   * current ones. Only for a bucket that the pipeline creates. Defaults to false.
   */
  enableVersioning?: boolean;
  /** Days that former versions are kept, 1 to 3,650. Only with `enableVersioning`. Defaults to 30. */
  versionExpirationDays?: number;
  /**
   * Deletes all videos and outputs together with a bucket that the pipeline created. Defaults to false: a bucket with objects isn't deleted.
   */
  forceDestroy?: boolean;
}
