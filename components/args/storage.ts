import type * as pulumi from "@pulumi/pulumi";

/** Where videos are read and outputs are written. */
export interface StorageArgs {
  /**
   * Name of an existing bucket for videos and outputs. Its policy, encryption and life cycle stay as they are: let objects
   * tagged `video-batch-pipeline=intermediate` expire. Defaults to a bucket made for the pipeline: private, encrypted, TLS
   * only.
   */
  bucket?: pulumi.Input<string>;
  /** Names of further existing buckets that videos may be read from. Defaults to none. */
  inputBuckets?: pulumi.Input<string>[];
  /**
   * Beginning of the keys below which jobs may write, empty or ending with `/`. The output of `videos/a.mp4` goes below
   * `output/videos/a.mp4/` unless the execution says otherwise, and what it says has to lie below this prefix too. Empty lets
   * jobs write anywhere in the bucket. Defaults to `output/`.
   */
  outputPrefix?: string;
  /** Days after which intermediate pieces are deleted, 1 to 3,650. Only for the bucket made here. Defaults to 7. */
  intermediateExpirationDays?: number;
  /** Refuses to delete the bucket made here, as `pulumi destroy` would, until this is false. Defaults to false. */
  protect?: boolean;
  /** Deletes all videos and outputs together with the bucket made here. Defaults to false: a bucket with objects stays. */
  forceDestroy?: boolean;
}
