/**
 * The variables of the workflow, as code. A variable exists once a state has assigned it. Their names are permanent: an
 * execution may be redriven after the definition has changed.
 */
export const VARIABLES = {
  /** The video's URI. Null if no command has a parameter for it and the execution names none. */
  input: "$input",
  /** The output's URI, without slashes at its end. Null under the same conditions. */
  output: "$output",
  /** The fingerprint of the plan. A job does nothing for any other plan, such as that of a later execution. */
  plan: "$plan",
  /** The names of the renditions with jobs of their own, as an array. */
  renditions: "$renditions",
  /** The number of chunks of each part, as an array. */
  chunks: "$chunks",
  /** Whether there is sound to encode. */
  audio: "$audio",
  /** The execution's fair share, or empty text. */
  share: "$share",
  /** Its priority within the share. */
  schedulingPriority: "$schedulingPriority",
  /** `{bucket, prefix}` of the objects that record completed steps. */
  doneIn: "$doneIn",
  /** The names of the steps that were completed before a redrive, as an array. */
  done: "$done",
  /** The omissions, as an array of what `describeOmission` yields, each with `rendition` or `features`. */
  missing: "$missing",
  /** Who approved the video, or why it was approved by default. */
  approvedBy: "$approvedBy",
  /** The failure that the execution ends with: `{step, error, cause, job, log}`. */
  failure: "$failure",
  /** `{state, redrives}` of that failure. */
  failedAt: "$failedAt",
} as const;
