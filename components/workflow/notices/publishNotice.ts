import { parseArn } from "../../../contract/arn";
import { resourceOf } from "../../../contract/serviceCalls";
import type { BuiltTask } from "../asl/builtStates";
import { SNS_RETRIES } from "../asl/retry";
import { allow } from "../asl/statements";
import { type Catcher, type Template, transition } from "../asl/states";
import { type Code, expression } from "../jsonata/code";
import { type NoticeContent, noticeMessage, noticeSubject } from "../jsonata/notice";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";

export interface Notice extends NoticeContent {
  /** The beginning of the e-mail's subject. */
  subject: Code;
  /** Further attributes by name. */
  attributes?: Record<string, Code>;
}

export interface Publishing {
  /** Suffix of `sns:publish`. */
  pattern?: ".waitForTaskToken";
  timeoutSeconds: number;
  catch: Catcher[];
  assign?: Record<string, Template>;
  output: Template;
  next?: string;
}

/**
 * Builds a state that publishes a notice: JSON for programs, text for e-mail. Subscriptions can filter by the
 * attributes.
 */
export function publishNotice(
  settings: Pick<WorkflowSettings, "name">,
  arns: Pick<WorkflowArns, "topic">,
  notice: Notice,
  publishing: Publishing,
): BuiltTask {
  const { status, subject, attributes = {} } = notice;
  const attribute = (value: string): Template => ({ DataType: "String", StringValue: value });
  return {
    state: {
      Type: "Task",
      Resource: resourceOf(`sns:publish${publishing.pattern ?? ""}`, parseArn(arns.topic).partition),
      Arguments: {
        TopicArn: arns.topic,
        Subject: expression(noticeSubject(subject, settings.name)),
        MessageStructure: "json",
        Message: expression(noticeMessage(notice)),
        MessageAttributes: {
          status: attribute(status),
          pipeline: attribute(settings.name),
          ...Object.fromEntries(Object.entries(attributes).map(([name, code]) => [name, attribute(expression(code))])),
        },
      },
      TimeoutSeconds: publishing.timeoutSeconds,
      Retry: SNS_RETRIES,
      Catch: publishing.catch,
      ...(publishing.assign ? { Assign: publishing.assign } : {}),
      Output: publishing.output,
      ...transition(publishing.next),
    },
    statements: [allow("PublishNotices", ["sns:Publish"], [arns.topic])],
  };
}
