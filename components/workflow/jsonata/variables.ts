/**
 * The variables of the workflow, as code. A variable exists once a state has assigned it. Their names are permanent: an
 * execution may be redriven after the definition has changed.
 */
export const VARIABLES = {
  /** The input that the event which started the execution was read as. */
  given: "$given",
  /** The video's URI. Null if no command has a parameter for it and the execution names none. */
  input: "$input",
  /** The output's URI, without slashes at its end. Null under the same conditions. */
  output: "$output",
  /** The id of the metadata job, which the order is named after. */
  metadataJob: "$metadataJob",
  /** The fingerprint of the plan. A job does nothing for any other plan, such as that of a later execution. */
  plan: "$plan",
  /** The number of renditions in the plan that have jobs of their own. */
  renditions: "$renditions",
  /** The renditions that are encoded by the jobs of another one, by that one's name. */
  encodedTogether: "$encodedTogether",
  /** The number of chunks of each part, as an array. */
  chunks: "$chunks",
  /** The names of the steps that have something to do, as an array. */
  todo: "$todo",
  /** The share of the video's length that may be damaged, as text. */
  maxDamagedShare: "$maxDamagedShare",
  /** What jobs need to send the event that the video is playable, as JSON. */
  event: "$event",
  /** The id of the packaging job, which its report of damage is named after. */
  packageJob: "$packageJob",
  /** That report, or what there is instead of it: `{clause, lines, damagedSeconds, damage, moreDamage, damageUnknown}`. */
  damage: "$damage",
  /** The execution's fair share, or empty text. */
  share: "$share",
  /** Its priority within the share. */
  schedulingPriority: "$schedulingPriority",
  /** The omissions, as an array of what `describeOmission` yields, each with `rendition` or `features`. */
  missing: "$missing",
  /** The audio tracks that can't be decoded, as an array of `{sound, cause}`. */
  leftOut: "$leftOut",
  /** Who approved the video, or why it was approved by default. */
  approvedBy: "$approvedBy",
  /** The fingerprint of the plan whose video was approved, `all` if there are no plans, or empty text. */
  approvedPlan: "$approvedPlan",
  /** The exit code of the packaging job, or null. */
  exitCode: "$exitCode",
  /** Whether the execution has begun again since it began or was redriven, because packaging found work missing. */
  remade: "$remade",
  /** The failure that the execution ends with: `{step, error, cause, job, log}`. */
  failure: "$failure",
  /** `{state, redrives}`: where a redrive resumes, and how many came before the failure. */
  failedAt: "$failedAt",
} as const;
