import type * as pulumi from "@pulumi/pulumi";

/** Where videos are read and outputs are written. */
export interface Storage {
  /**
   * Name of an existing bucket for videos and outputs, in the pipeline's region: Step Functions reads from no other. Its policy, encryption and lifecycle rules stay as they are: have objects
   * tagged `video-batch-pipeline=intermediate` expire, no earlier than `intermediateExpirationDays` would by default. Defaults to a bucket made for the pipeline: private, encrypted, TLS
   * only.
   */
  bucket?: pulumi.Input<string>;
  /**
   * Names of other existing buckets that videos may be read from. In another region than the pipeline's, every gigabyte that a job
   * reads has its price. Defaults to none.
   */
  inputBuckets?: pulumi.Input<string>[];
  /**
   * Prefix of the keys that jobs may write, empty or ending with `/`. The output of `videos/a.mp4` goes below
   * `output/videos/a.mp4/`, unless the execution names another place, which has to be below this prefix too. Empty allows
   * jobs to write anywhere in the bucket. Defaults to `output/`.
   */
  outputPrefix?: string;
  /**
   * Days after which intermediate objects are deleted, 16 to 3,650, and at least those that an execution can take with its approval,
   * plus 14 in which it can be redriven, plus one. Only for the bucket made here. Defaults to that minimum: 16 days with the default
   * time limits, 17 with an approval.
   */
  intermediateExpirationDays?: number;
  /**
   * Refuses to delete the bucket made here and what belongs to it until this is false. The preview of `pulumi destroy` then fails;
   * without a preview, as in the Automation API, it fails after it has deleted everything else. Defaults to false.
   */
  protect?: boolean;
  /**
   * Leaves the bucket made here in AWS, with its settings and everything in it, when the stack is destroyed or no longer has it.
   * Defaults to false: an empty bucket is deleted with the stack, and one with objects makes `pulumi destroy` fail, unless
   * `forceDestroy` is true.
   */
  retainOnDelete?: boolean;
  /**
   * Keeps former versions of objects that are overwritten or deleted, for `versionExpirationDays`. They cost as much to store as
   * current ones. Only for the bucket made here. Defaults to false.
   */
  enableVersioning?: boolean;
  /** Days that former versions are kept, 1 to 3,650. Only with `enableVersioning`. Defaults to 30. */
  versionExpirationDays?: number;
  /** Deletes all videos and outputs together with the bucket made here. Defaults to false: a bucket with objects stays. */
  forceDestroy?: boolean;
}
