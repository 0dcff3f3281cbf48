import type * as pulumi from "@pulumi/pulumi";

/** The four kinds of jobs, one Batch job definition each. */
export interface JobsArgs {
  /** Reads what the video is, and plans what is made of it. Defaults to the worker's `metadata` command. */
  metadata?: JobArgs;
  /** Finds scenes, poster and thumbnails. Defaults to the worker's `features` command. */
  features?: JobArgs;
  /** Encodes one part of one rendition, and the sound. Defaults to the worker's `transcode` command. */
  transcode?: JobArgs;
  /**
   * Makes MP4 files and HLS playlists out of the parts. Defaults to the worker's `package` command; with a transcode command
   * of your own there is nothing for it to package, and the step is left out unless you give a command here.
   */
  package?: JobArgs;
}

/** A Batch job definition. A change registers a new revision and leaves the old one to executions under way. */
export interface JobArgs {
  /** Container image. Needed with `command`. Alone, it is an image derived from the worker's. Defaults to the worker's image. */
  image?: pulumi.Input<string>;
  /**
   * Command of your own, which replaces the worker's. `Ref::input` and `Ref::output` stand for the execution's URIs; in
   * `jobs.transcode`, `Ref::rendition` and `Ref::part` stand for the rendition's name and the part's number, from 1. Only the
   * parameters that the command names are passed. Defaults to the worker's command for this step.
   */
  command?: string[];
  /** vCPUs of the container, 1 to 256, no more than `compute.maxVcpus`. Defaults to 2. */
  vcpus?: number;
  /** Memory of the container in MiB, 128 to 1,048,576. Defaults to 1,024. */
  memoryMiB?: number;
  /** Environment variables. Names may not start with `AWS_BATCH`, which Batch keeps for itself. Defaults to none. */
  environment?: Record<string, pulumi.Input<string>>;
  /**
   * How often Batch starts the job at most, 1 to 10. The worker's jobs are started again after a reclaimed host, a failed
   * start, an error or a killed process, and not after a video that can never work (exit code 2). Commands of your own are
   * started again after any failure. Defaults to 3.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
   */
  attempts?: number;
  /**
   * Seconds that one attempt may run before Batch ends it, 60 to 1,209,600. Batch does not start a job again that ran out of
   * time. Defaults to 3,600.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html
   */
  attemptTimeoutSeconds?: number;
  /**
   * Name of the job definition in AWS, 1 to 128 letters, digits, `-` or `_`. A change replaces the definition. Defaults to a
   * generated one.
   */
  jobDefinitionName?: string;
}

/** The worker's image. */
export interface ImageArgs {
  /**
   * An existing image of the worker, best by digest. Defaults to an image that is built from this package's `worker/` for
   * linux/amd64, which needs Docker, and pushed to an ECR repository made for the pipeline.
   */
  uri?: pulumi.Input<string>;
}
