import type { NoticeStatus } from "../../../contract/notices";
import { bind, block, type Code, list, literal, object } from "./code";
import { bindShown } from "./shown";

/** SNS takes fewer than 100 characters of ASCII. */
const MAX_SUBJECT = 99;

/** The content of a notice, as code. It may read `$video`, the video's name, and everything that its state may read. */
export interface NoticeContent {
  status: NoticeStatus;
  /** One line for people. */
  summary: Code;
  /** Statements that bind names for the rest. */
  bind?: Code;
  /** Members of the JSON besides those that all notices have. */
  members?: Record<string, Code>;
  /** Further lines of the e-mail. */
  lines?: Code[];
}

/**
 * The notice: `{status, summary, execution, stateMachine, input, output}` and its own members. Reads `$input`,
 * `$output` and `$states.context`.
 */
export function notice(content: NoticeContent): Code {
  return block(bindNotice(content), "$notice");
}

/** The message for SNS, which differs by protocol: JSON by default, text for e-mail. */
export function noticeMessage(content: NoticeContent): Code {
  const { lines = [] } = content;
  const email = `$join(${list("$summary", "''", ...lines, "'Execution: ' & $states.context.Execution.Id")}, '\\n')`;
  return block(bindNotice(content), `$string(${object({ default: "$string($notice)", email })})`);
}

/** The subject of an e-mail. `subject` may read `$video`. Characters that SNS refuses become question marks. */
export function noticeSubject(subject: Code, pipeline: string): Code {
  const whole = `${subject} & ${literal(` - ${pipeline}`)}`;
  return block(bindVideo(), `$substring($replace(${whole}, /[^ -~]/, '?'), 0, ${MAX_SUBJECT})`);
}

/** Binds `$video`: the name of the video's file, or `The video` if the input is nonsense. Reads `$input`. */
function bindVideo(): Code {
  const isNamed = "$type($input) = 'string' and $length($input) > 0";
  return bind("$video", `${isNamed} ? $substring($split($input, '/')[-1], 0, 255) : 'The video'`);
}

function bindNotice({ status, summary, bind: own = "", members = {} }: NoticeContent): Code {
  const all = object({
    status: literal(status),
    summary: "$summary",
    execution: "$states.context.Execution.Id",
    stateMachine: "$states.context.StateMachine.Id",
    input: "$shown($input)",
    output: "$shown($output)",
    ...members,
  });
  return [bindVideo(), bindShown(), own, bind("$summary", summary), bind("$notice", all)].join(" ");
}
