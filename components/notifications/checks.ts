import type { NotificationsArgs, SubscriptionArgs } from "./args";
import { NOTICE_STATUSES } from "./noticeFilter";
import { notOneOf } from "../rules/choices";
import { notAKey } from "../access/checks";
import { badName, duplicates } from "../rules/names";
import { type Check, type Problem, problem, when } from "../rules/problem";

const ENDPOINTS: Record<string, { form: RegExp; rule: string }> = {
  email: { form: /^[^@\s]+@[^@\s]+$/, rule: "must be an e-mail address" },
  sqs: { form: /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+$/, rule: "must be the ARN of an SQS queue" },
  https: { form: /^https:\/\/[^\s/]+/, rule: "must be a URL that begins with https://" },
};

export const checkNotifications: Check = ({ args: { notifications } }) => {
  const list = "notifications.subscriptions";
  const subscriptions = notifications?.subscriptions ?? [];
  return [
    ...checkTopicKey(notifications),
    ...duplicates(
      list,
      subscriptions.map(({ name }) => name),
      "name",
    ),
    ...subscriptions.flatMap((subscription, index) => checkSubscription(subscription, `${list}[${index}]`)),
  ];
};

function checkTopicKey({ topicArn, topicKeyArn }: NotificationsArgs = {}): Problem[] {
  const path = "notifications.topicKeyArn";
  return [
    ...when(topicKeyArn !== undefined && topicArn === undefined, () =>
      problem(
        path,
        "must not be given without notifications.topicArn",
        topicKeyArn,
        "The key of a topic that is made is that of `encryption`.",
      ),
    ),
    ...notAKey(path, topicKeyArn),
  ];
}

function checkSubscription({ name, protocol, endpoint, statuses }: SubscriptionArgs, path: string): Problem[] {
  const wanted = ENDPOINTS[protocol];
  return [
    ...badName(`${path}.name`, name, 32),
    ...when(wanted === undefined, () =>
      problem(
        `${path}.protocol`,
        `must be one of ${Object.keys(ENDPOINTS).join(", ")}`,
        protocol,
        "Functions and other services can be fed from a queue.",
      ),
    ),
    ...when(wanted !== undefined && typeof endpoint === "string" && !wanted.form.test(endpoint), () =>
      problem(`${path}.endpoint`, wanted!.rule, endpoint, `That is what ${protocol} delivers to.`),
    ),
    ...when(statuses?.length === 0, () =>
      problem(`${path}.statuses`, "must have at least one entry", [], "Leave it out for all notices."),
    ),
    ...(statuses ?? []).flatMap((status, index) =>
      notOneOf(`${path}.statuses[${index}]`, status, NOTICE_STATUSES, "Leave statuses out for all notices."),
    ),
  ];
}
