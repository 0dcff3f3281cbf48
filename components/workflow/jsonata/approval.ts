import { bind, block, type Code, literal, textOr } from "./code";

/** The command that answers for this execution. Reads `$states.context`. */
export function answerCommand(verb: "approve" | "reject"): Code {
  return `'npx video-batch-pipeline ${verb} ' & $states.context.Execution.Id`;
}

/** The token for the answer. Reads `$states.context`. */
export const TASK_TOKEN: Code = "$states.context.Task.Token";

/** Binds `$until`: the deadline for the answer, in ISO 8601. */
export function bindUntil(timeoutSeconds: number): Code {
  return bind("$until", `$fromMillis($millis() + ${timeoutSeconds * 1000})`);
}

/** Who approved the video, as text, or null if the answer does not say. Reads `$states.result`, the answer. Never fails. */
export function approver(): Code {
  return textOr("$states.result.by", "null");
}

/**
 * The cause of a rejection, with the first 1,000 characters of the reason, which may be anything: `The video was rejected by Ada: too
 * dark.` Never fails.
 */
export function describeRejection(reason: Code): Code {
  return block(
    bind("$why", textOr(reason, literal("no reason was given."))),
    "'The video was rejected' & ($substring($why, 0, 3) = 'by ' ? ' ' : ': ') & $substring($why, 0, 1000)",
  );
}

/** Who rejected the video and why: the cause of the answer. Reads `$states.errorOutput`. */
export const REJECTION_REASON: Code = "$states.errorOutput.Cause";

/** Whether the video that is about to be published was approved. Reads `$approvedPlan`; `plan` yields what it is compared to. */
export function isApproved(plan: Code): Code {
  return `$approvedPlan = ${plan}`;
}
