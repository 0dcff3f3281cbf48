import type { NoticeStatus } from "../../../contract/notices";
import { resourceOf } from "../../../contract/serviceCalls";
import type { Catcher, TaskState, Template } from "../asl/states";
import { transition } from "../asl/states";
import { expression, literal } from "../jsonata/code";
import { allow, parseArn, type Statement } from "../asl/statements";
import { SNS_TROUBLE } from "../asl/retry";
import type { WorkflowArns, WorkflowSettings } from "../settings/settings";

/** Longer values come from nonsense, and would make a notice that SNS does not take. */
const LONGEST_VALUE = 2048;
/** SNS takes less than 100 characters of ASCII. */
const LONGEST_SUBJECT = 99;

export interface Notice {
  status: NoticeStatus;
  /** Code of the subject's beginning. */
  subject: string;
  /** Code of one line for people. Here and in all that follows, `$video` is the video's name. */
  summary: string;
  /** Code that binds what the rest needs, statement by statement. */
  bind?: string;
  /** Members of the JSON, as code by name, besides those that all notices have. */
  members?: Record<string, string>;
  /** Code of further lines of the e-mail. */
  lines?: string[];
  /** Code of further attributes by name. */
  attributes?: Record<string, string>;
}

export interface Publishing {
  /** Behind `sns:publish`. */
  pattern?: ".waitForTaskToken";
  timeoutSeconds: number;
  catch: Catcher[];
  assign?: Record<string, Template>;
  output: Template;
  next?: string;
}

/**
 * A state that publishes a notice: JSON for programs, and text for people to those who get e-mail. The attributes are there to
 * be filtered by.
 */
export function publish(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  notice: Notice,
  publishing: Publishing,
): { state: TaskState; statements: Statement[] } {
  const { status, subject, attributes = {} } = notice;
  const attribute = (value: string): Template => ({ DataType: "String", StringValue: value });
  return {
    state: {
      Type: "Task",
      Resource: resourceOf(`sns:publish${publishing.pattern ?? ""}`, parseArn(arns.topic).partition),
      Arguments: {
        TopicArn: arns.topic,
        // Names of files may have any characters.
        Subject: expression(
          `(${VIDEO} $substring($replace(${subject} & ${literal(` - ${settings.name}`)}, /[^ -~]/, '?'), 0, ${LONGEST_SUBJECT}))`,
        ),
        MessageStructure: "json",
        Message: expression(`(${bound(notice)} $string({'default': $string($notice), 'email': ${emailOf(notice)}}))`),
        MessageAttributes: {
          status: attribute(status),
          pipeline: attribute(settings.name),
          ...Object.fromEntries(Object.entries(attributes).map(([name, code]) => [name, attribute(expression(code))])),
        },
      },
      TimeoutSeconds: publishing.timeoutSeconds,
      Retry: SNS_TROUBLE,
      Catch: publishing.catch,
      ...(publishing.assign ? { Assign: publishing.assign } : {}),
      Output: publishing.output,
      ...transition(publishing.next),
    },
    statements: [allow("PublishNotices", ["sns:Publish"], [arns.topic])],
  };
}

/** The notice itself, for the output of an execution. */
export function noticeOf(notice: Notice): Template {
  return expression(`(${bound(notice)} $notice)`);
}

const VIDEO =
  "$video := $type($input) = 'string' and $length($input) > 0 ? $substring($split($input, '/')[-1], 0, 255) : 'The video';";

function bound({ status, summary, bind = "", members = {} }: Notice): string {
  const shown = `$shown := function($value) {$type($value) = 'null' ? null : $substring($type($value) = 'string' ? $value : $string($value), 0, ${LONGEST_VALUE})};`;
  const own = Object.entries(members).map(([name, code]) => `, ${literal(name)}: ${code}`);
  const about =
    "'execution': $states.context.Execution.Id, 'stateMachine': $states.context.StateMachine.Id, 'input': $shown($input), 'output': $shown($output)";
  return `${VIDEO} ${shown} ${bind} $summary := ${summary}; $notice := {'status': ${literal(status)}, 'summary': $summary, ${about}${own.join("")}};`;
}

function emailOf({ lines = [] }: Notice): string {
  const all = ["$summary", "''", ...lines, "'Execution: ' & $states.context.Execution.Id"];
  return `$join([${all.join(", ")}], '\\n')`;
}
