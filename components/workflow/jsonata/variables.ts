/**
 * The variables of the workflow, as code. Each is there from the state on that assigns it. An execution may be redriven
 * with a newer definition: their names never change.
 */
export const VARIABLES = {
  /** The video's URI. Null where commands have no parameter for it and the execution names none. */
  input: "$input",
  /** Where the output goes, without slashes at its end. Null likewise. */
  output: "$output",
  /** The fingerprint of the plan: jobs of this execution do nothing for the plan of a later one. */
  plan: "$plan",
  /** The names of the renditions with jobs of their own, as an array. */
  renditions: "$renditions",
  /** The number of chunks of each part, as an array. */
  chunks: "$chunks",
  /** Whether there is sound to encode. */
  audio: "$audio",
  /** The execution's fair share, empty where it has none. */
  share: "$share",
  /** Its priority within the share. */
  schedulingPriority: "$schedulingPriority",
  /** `{bucket, prefix}` of what records the steps that are done. */
  doneIn: "$doneIn",
  /** The names of the steps that earlier attempts of this execution have done, as an array. */
  done: "$done",
  /**
   * What is missing: an array of descriptions as `describeOmission` makes them, each with `rendition` or with
   * `features`.
   */
  missing: "$missing",
  /** Who approved the video, or why nobody had to. */
  approvedBy: "$approvedBy",
  /** The failure that the execution ends with: `{step, error, cause, job, log}`. */
  failure: "$failure",
  /** `{state, redrives}` of that failure. */
  failedAt: "$failedAt",
} as const;
