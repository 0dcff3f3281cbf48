import type { NoticeStatus } from "../../../contract/notices";
import { bind, block, type Code, list, literal, object } from "./code";

/**
 * Characters of the input and the output in a notice. Longer ones come from nonsense, and would make a notice that SNS
 * does not take.
 */
const LONGEST_VALUE = 2048;
/** SNS takes less than 100 characters of ASCII. */
const LONGEST_SUBJECT = 99;

/** What a notice says, as code. All of it may read `$video`, the video's name, and what the state itself may read. */
export interface NoticeContent {
  status: NoticeStatus;
  /** One line for people. */
  summary: Code;
  /** Statements that bind what the rest needs. */
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

/** The notice as SNS takes it when it sends something else by e-mail: JSON for programs, text for people. */
export function noticeMessage(content: NoticeContent): Code {
  const { lines = [] } = content;
  const email = `$join(${list("$summary", "''", ...lines, "'Execution: ' & $states.context.Execution.Id")}, '\\n')`;
  return block(bindNotice(content), `$string(${object({ default: "$string($notice)", email })})`);
}

/** The subject of a notice. `subject` may read `$video`, of whose characters SNS does not take all. */
export function noticeSubject(subject: Code, pipeline: string): Code {
  const whole = `${subject} & ${literal(` - ${pipeline}`)}`;
  return block(bindVideo(), `$substring($replace(${whole}, /[^ -~]/, '?'), 0, ${LONGEST_SUBJECT})`);
}

/** `$video`: the name of the video's file, or words where the input is nonsense. Reads `$input`. */
function bindVideo(): Code {
  const isNamed = "$type($input) = 'string' and $length($input) > 0";
  return bind("$video", `${isNamed} ? $substring($split($input, '/')[-1], 0, 255) : 'The video'`);
}

/** `$shown`: a function that makes text of any value but null, as much as a notice has room for. */
function bindShown(): Code {
  const text = "$type($value) = 'string' ? $value : $string($value)";
  return bind("$shown", `function($value) {$type($value) = 'null' ? null : $substring(${text}, 0, ${LONGEST_VALUE})}`);
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
