import { notOneOf } from "../rules/choices";
import { arnPattern, badFormIfKnown, badFormsIfKnown, type Form, KEY_ARN } from "../rules/forms";
import { noEntries } from "../rules/lists";
import { badName, duplicates } from "../rules/names";
import { type Check, type Problem, when } from "../rules/problem";
import { type Notifications, NotificationStatus, type Subscription } from "./args";

/** Notices have no message groups, which a FIFO topic needs. */
const TOPIC: Form = {
  pattern: arnPattern("sns", "[\\w-]+"),
  rule: "must be the ARN of an SNS topic that isn't FIFO",
  remedy: "Use an ARN such as arn:aws:sns:eu-west-1:123456789012:videos.",
};
const EMAIL = { pattern: /^[^@\s]+@[^@\s]+$/, rule: "must be an e-mail address" };
const ENDPOINTS: Record<string, Omit<Form, "remedy">> = {
  email: EMAIL,
  sqs: { pattern: arnPattern("sqs", "[\\w-]+"), rule: "must be the ARN of an SQS queue" },
  https: { pattern: /^https:\/\/[^\s/]+/, rule: "must be a URL that begins with https://" },
};

export const checkNotifications: Check<{ notifications?: Notifications }> = ({ args: { notifications } }) => {
  const list = "notifications.subscriptions";
  const subscriptions = notifications?.subscriptions ?? [];
  return [
    ...badFormIfKnown("notifications.topicArn", notifications?.topicArn, TOPIC),
    ...checkTopicKey(notifications),
    ...badFormsIfKnown("notifications.emailAddresses", notifications?.emailAddresses, {
      ...EMAIL,
      remedy: "Use an address such as media@example.com. Other endpoints go in notifications.subscriptions.",
    }),
    ...duplicates(list, subscriptions, "name"),
    ...subscriptions.flatMap((subscription, index) => checkSubscription(subscription, `${list}[${index}]`)),
  ];
};

function checkTopicKey({ topicArn, topicKeyArn }: Notifications = {}): Problem[] {
  const path = "notifications.topicKeyArn";
  return [
    ...when(topicKeyArn !== undefined && topicArn === undefined, {
      path,
      rule: "must not be given without notifications.topicArn",
      received: topicKeyArn,
      remedy: "Remove it: a topic that the pipeline creates uses the key of encryption.",
    }),
    ...badFormIfKnown(path, topicKeyArn, KEY_ARN),
  ];
}

function checkSubscription({ name, protocol, endpoint, statuses }: Subscription, path: string): Problem[] {
  const wanted = ENDPOINTS[protocol];
  const remedy = "Correct it, or change the protocol.";
  return [
    ...badName(`${path}.name`, name, 32),
    ...when(wanted === undefined, {
      path: `${path}.protocol`,
      rule: `must be one of ${Object.keys(ENDPOINTS).join(", ")}`,
      received: protocol,
      remedy: "Use sqs for functions and other services: they can read from a queue.",
    }),
    ...(wanted ? badFormIfKnown(`${path}.endpoint`, endpoint, { ...wanted, remedy }) : []),
    ...noEntries(`${path}.statuses`, statuses, "Omit it to send all notices."),
    ...(statuses ?? []).flatMap((status, index) =>
      notOneOf(`${path}.statuses[${index}]`, status, NotificationStatus, "Omit statuses to send all notices."),
    ),
  ];
}
