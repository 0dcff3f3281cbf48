/** How an execution ends that finished only part of the video. */
export const PartialOutcome = {
  succeed: "succeed",
  fail: "fail",
} as const;
export type PartialOutcome = (typeof PartialOutcome)[keyof typeof PartialOutcome];

/** An answer to a request for approval. */
export const ApprovalAnswer = {
  approve: "approve",
  reject: "reject",
} as const;
export type ApprovalAnswer = (typeof ApprovalAnswer)[keyof typeof ApprovalAnswer];

/** Time limits of an execution, and what happens when something fails. */
export interface Workflow {
  /**
   * Seconds that the work on a video may take, 300 to 31,535,000. Each step may take what is left of them. The execution
   * itself has some minutes more, so that the notice of a failure is sent even when a service has problems. Defaults to
   * 3,600.
   */
  timeoutSeconds?: number;
  /**
   * Seconds that a job may wait in its queue, 0 to 31,536,000, in addition to the time of all its attempts. A step that takes
   * longer fails with a notice. Defaults to the whole execution's `timeoutSeconds`.
   */
  queueWaitSeconds?: number;
  /**
   * Finishes and packages the other renditions when one fails after all attempts; manifest and notice say what is missing.
   * The execution fails if no rendition is left. Defaults to false: the first failure ends the execution and its jobs.
   */
  continueOnRenditionFailure?: boolean;
  /** Continues without scenes, poster and thumbnails when their job fails after all attempts. Defaults to false. */
  continueOnFeaturesFailure?: boolean;
  /**
   * How an execution ends that finished only part of the video: `succeed`, or `fail` with the error `VideoIncomplete`, after which a
   * redrive makes what is missing. Defaults to `succeed`.
   */
  partialOutcome?: PartialOutcome;
}

/**
 * Asks people before a video is published. They get a notice with a preview, and answer on the command line, or with the
 * notice's token and `SendTaskSuccess` or `SendTaskFailure` of Step Functions. Until then only `hls/preview.m3u8` and what it
 * refers to can be played.
 */
export interface Approval {
  /**
   * Seconds that an answer may take, 60 to 31,000,000, in addition to `workflow.timeoutSeconds`. Defaults to 86,400, which is
   * a day.
   */
  timeoutSeconds?: number;
  /** The answer when nobody answers in time: `approve` or `reject`. Defaults to `reject`. */
  defaultAnswer?: ApprovalAnswer;
}
