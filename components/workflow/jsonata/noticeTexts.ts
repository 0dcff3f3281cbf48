import { outputs } from "../../../contract/outputs";
import { answerCommand, bindUntil, TASK_TOKEN } from "./approval";
import { type Code, list, literal } from "./code";
import { DAMAGE_LINES, DAMAGE_MEMBERS, DAMAGED, DAMAGED_SO_FAR } from "./damage";
import { missingNames } from "./missing";
import type { NoticeContent } from "./notice";
import { belowOutput } from "./outputObjects";
import { VARIABLES } from "./variables";

/** The content of a kind of notice. `subject` is the beginning of the e-mail's subject. */
export interface NoticeText extends Omit<NoticeContent, "status"> {
  subject: Code;
}

/** What the worker says of a video that is done. */
export interface Outcome {
  /** Yields the URI of the main playlist. With it the texts read `$leftOut`: sound that can't be decoded. */
  playlist?: Code;
  /** Whether `$damage` says what is damaged. */
  damage?: boolean;
}

/** For a complete video. */
export function readyText({ playlist, damage = false }: Outcome): NoticeText {
  const { leftOut } = VARIABLES;
  const without = `($count(${leftOut}) > 0 ? ' without ' & ${missingNames(leftOut)} : '')`;
  return {
    subject: subjectOf("Video ready", damage),
    summary: [
      "$video & ' is ready'",
      ...(playlist === undefined ? [] : [without]),
      ...(damage ? [DAMAGED] : []),
      whereTo(playlist),
    ].join(" & "),
    // A member without a value is left out.
    members: {
      ...(playlist === undefined ? {} : { missing: `$count(${leftOut}) > 0 ? ${leftOut}` }),
      ...(damage ? DAMAGE_MEMBERS : {}),
    },
    lines: [...(playlist === undefined ? [] : [`${leftOut}.cause`]), ...(damage ? [DAMAGE_LINES] : [])],
  };
}

/** For a video that another state machine has made, with its main playlist if there is one. */
export function readyElsewhereText(playlist: Code | undefined): NoticeText {
  return {
    subject: subjectOf("Video ready", false),
    summary: `$video & ' is ready' & ${whereTo(playlist)}`,
    members: playlist === undefined ? {} : { playlist },
  };
}

/** For a video without what failed. Reads `$missing`. */
export function incompleteText({ playlist, damage = false }: Outcome): NoticeText {
  const missing = playlist === undefined ? VARIABLES.missing : list(VARIABLES.missing, VARIABLES.leftOut);
  return {
    subject: subjectOf("Video incomplete", damage),
    summary: [`$video & ' lacks ' & ${missingNames(missing)}`, ...(damage ? [DAMAGED] : []), whereTo(playlist)].join(
      " & ",
    ),
    members: { missing, ...(damage ? DAMAGE_MEMBERS : {}) },
    lines: [`$distinct(${missing}.cause)`, ...(damage ? [DAMAGE_LINES] : []), EMPTY_LINE],
  };
}

function subjectOf(outcome: string, damage: boolean): Code {
  return damage ? `${literal(outcome)} & ${DAMAGED} & ': ' & $video` : `${literal(`${outcome}: `)} & $video`;
}

/** For a failed execution. Reads `$failure` and `$states.context`. */
export function failedText(logGroup: string): NoticeText {
  const group = literal(logGroup);
  return {
    ...failedContent(logGroup),
    lines: [
      `'Log: ' & ${group} & ($failure.log = null ? '' : ', stream ' & $failure.log)`,
      // Without a job it has no value, and a list leaves it out.
      `$failure.job ? 'To see all logs of the step: npx video-batch-pipeline logs ' & $states.context.Execution.Id & ' "' & $failure.step & '"'`,
      "'To resume from the failed step: npx video-batch-pipeline redrive ' & $states.context.Execution.Id",
    ],
  };
}

/** The same for an execution of another state machine, in which the command line finds neither logs nor where to resume. */
export function failedElsewhereText(logGroup: string): NoticeText {
  const log = `'Log: ' & ${literal(logGroup)} & ', stream ' & $failure.log`;
  return { ...failedContent(logGroup), lines: [`$failure.log ? ${log}`] };
}

function failedContent(logGroup: string): NoticeText {
  return {
    subject: "'Video failed at ' & $failure.step & ': ' & $video",
    summary: "$video & ': ' & $failure.cause",
    members: failedMembers(logGroup),
  };
}

/** Why a video failed, and where to read on. Reads `$failure`. */
export function failedMembers(logGroup: string): Record<string, Code> {
  return {
    step: FAILED_STEP,
    error: "$failure.error",
    cause: "$failure.cause",
    job: "$failure.job",
    logGroup: literal(logGroup),
    log: "$failure.log",
  };
}

/** The step that failed. Reads `$failure`. */
export const FAILED_STEP: Code = "$failure.step";

/**
 * For a video that waits for approval. Reads `$states.context`; `files` yield the URIs of what there is to review, and come with
 * `$damage`, which says what is known to be damaged.
 */
export function approvalText(
  timeoutSeconds: number,
  defaultAnswer: "approve" | "reject",
  files?: { preview: Code; poster: Code },
): NoticeText {
  const [approve, reject] = [answerCommand("approve"), answerCommand("reject")];
  const otherwise = defaultAnswer === "approve" ? "approved" : "rejected";
  return {
    subject: "'Approval needed: ' & $video",
    bind: bindUntil(timeoutSeconds),
    summary: `$video & ${files ? `${DAMAGED_SO_FAR} & ` : ""}' waits for approval until ' & $until & ' and is then ${otherwise}.'`,
    members: {
      ...files,
      ...(files ? DAMAGE_MEMBERS : {}),
      until: "$until",
      defaultAnswer: literal(defaultAnswer),
      approve,
      reject,
      token: TASK_TOKEN,
    },
    lines: [
      ...(files ? [`'Preview: ' & ${files.preview}`, `'Poster: ' & ${files.poster}`, DAMAGE_LINES, EMPTY_LINE] : []),
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
