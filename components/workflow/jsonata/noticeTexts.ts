import { outputs } from "../../../contract/outputs";
import { answerCommand, bindUntil, TASK_TOKEN } from "./approval";
import { type Code, list, literal } from "./code";
import { missingNames } from "./missing";
import type { NoticeContent } from "./notice";
import { belowOutput } from "./outputObjects";
import { VARIABLES } from "./variables";

/** The content of a kind of notice. `subject` is the beginning of the e-mail's subject. */
export interface NoticeText extends Omit<NoticeContent, "status"> {
  subject: Code;
}

/** For a complete video. With a plan it reads `$leftOut`: sound that can't be decoded. */
export function readyText(playlist?: Code): NoticeText {
  const subject = "'Video ready: ' & $video";
  if (playlist === undefined) return { subject, summary: `$video & ' is ready' & ${whereTo(playlist)}` };
  const { leftOut } = VARIABLES;
  const without = `($count(${leftOut}) > 0 ? ' without ' & ${missingNames(leftOut)} : '')`;
  return {
    subject,
    summary: `$video & ' is ready' & ${without} & ${whereTo(playlist)}`,
    // A member without a value is left out.
    members: { missing: `$count(${leftOut}) > 0 ? ${leftOut}` },
    lines: [`${leftOut}.cause`],
  };
}

/** For a video without what failed. Reads `$missing`, and with a plan `$leftOut`. */
export function incompleteText(playlist?: Code): NoticeText {
  const missing = playlist === undefined ? VARIABLES.missing : list(VARIABLES.missing, VARIABLES.leftOut);
  return {
    subject: "'Video incomplete: ' & $video",
    summary: `$video & ' lacks ' & ${missingNames(missing)} & ${whereTo(playlist)}`,
    members: { missing },
    lines: [`${missing}.cause`, EMPTY_LINE],
  };
}

/** For a failed execution. Reads `$failure` and `$states.context`. */
export function failedText(logGroup: string): NoticeText {
  const group = literal(logGroup);
  return {
    subject: "'Video failed at ' & $failure.step & ': ' & $video",
    summary: "$video & ': ' & $failure.cause",
    members: {
      step: FAILED_STEP,
      error: "$failure.error",
      cause: "$failure.cause",
      job: "$failure.job",
      logGroup: group,
      log: "$failure.log",
    },
    lines: [
      `'Log: ' & ${group} & ($failure.log = null ? '' : ', stream ' & $failure.log)`,
      // Without a job it has no value, and a list leaves it out.
      `$failure.job ? 'To see all logs of the step: npx video-batch-pipeline logs ' & $states.context.Execution.Id & ' "' & $failure.step & '"'`,
      "'To go on where it failed: npx video-batch-pipeline redrive ' & $states.context.Execution.Id",
    ],
  };
}

/** The step that failed. Reads `$failure`. */
export const FAILED_STEP: Code = "$failure.step";

/** For a video that waits for approval. Reads `$states.context`; `files` yield the URIs of what there is to review. */
export function approvalText(
  timeoutSeconds: number,
  defaultAnswer: "approve" | "reject",
  files?: { preview: Code; poster: Code },
): NoticeText {
  const [approve, reject] = [answerCommand("approve"), answerCommand("reject")];
  const otherwise = defaultAnswer === "approve" ? "approved" : "rejected";
  return {
    subject: "'Approval wanted: ' & $video",
    bind: bindUntil(timeoutSeconds),
    summary: `$video & ' waits for approval until ' & $until & ', then it is ${otherwise}.'`,
    members: { ...files, until: "$until", defaultAnswer: literal(defaultAnswer), approve, reject, token: TASK_TOKEN },
    lines: [
      ...(files ? [`'Preview: ' & ${files.preview}`, `'Poster: ' & ${files.poster}`, EMPTY_LINE] : []),
      `'To approve: ' & ${approve}`,
      `'To reject: ' & ${reject} & ' --cause "Why"'`,
      EMPTY_LINE,
    ],
  };
}

/** The URI of the manifest. Reads `$output`. */
export const MANIFEST: Code = belowOutput(outputs.manifest);

/** The URI of the main playlist. Reads `$output`. */
export const PLAYLIST: Code = belowOutput(outputs.master);

const EMPTY_LINE = literal("");

function whereTo(playlist: Code | undefined): Code {
  return playlist === undefined ? literal(".") : `': ' & ${playlist}`;
}
