import type * as pulumi from "@pulumi/pulumi";

/** Who is notified of finished and failed videos, and of everything that needs attention. */
export interface Notifications {
  /**
   * ARN of an existing SNS topic in the pipeline's region and account, not a FIFO topic. The state machine and EventBridge
   * publish with the pipeline's roles, which the topic's policy need not mention; alarms need the statements of the output
   * `topicPolicy`. If your own key encrypts the topic, name it in `topicKeyArn`. A change replaces the subscriptions, and
   * adding it deletes the topic that the pipeline created. Defaults to an encrypted topic that the pipeline creates, to which
   * nobody else may publish.
   */
  topicArn?: pulumi.Input<string>;
  /**
   * ARN of the KMS key that encrypts the topic of `topicArn`. The pipeline's roles may then use it through SNS. The key's
   * policy must allow the account to use it, and with `monitoring` also CloudWatch, with the statement `CloudWatchAlarms` of
   * docs/permissions.md. With the key that AWS manages for SNS, alarms can't publish. Defaults to none: the topic has no key,
   * or the one that AWS manages for SNS.
   */
  topicKeyArn?: pulumi.Input<string>;
  /**
   * E-mail addresses that get every notice, once their owners confirm the subscription. Each is identified by its position:
   * removing one replaces the subscriptions of all addresses after it, whose owners must confirm again. `subscriptions` have
   * names instead. Defaults to none.
   */
  emailAddresses?: pulumi.Input<string>[];
  /** Who else gets which notices. Defaults to none. */
  subscriptions?: Subscription[];
  /**
   * Also sends notices of blocked queues, and of executions that were stopped or timed out, which skip their failure steps.
   * EventBridge sends them with a role that the pipeline creates; events of AWS services are free. Defaults to true with
   * `monitoring`, and to false without.
   * @see https://aws.amazon.com/eventbridge/pricing/
   */
  enableServiceNotices?: boolean;
}

/** How a subscription is delivered. */
export const SubscriptionProtocol = {
  email: "email",
  sqs: "sqs",
  https: "https",
} as const;
export type SubscriptionProtocol = (typeof SubscriptionProtocol)[keyof typeof SubscriptionProtocol];

/** The statuses of notices. */
export const NotificationStatus = {
  SUCCEEDED: "SUCCEEDED",
  PARTIAL: "PARTIAL",
  FAILED: "FAILED",
  APPROVAL_WANTED: "APPROVAL_WANTED",
  SERVICE: "SERVICE",
} as const;
export type NotificationStatus = (typeof NotificationStatus)[keyof typeof NotificationStatus];

/** A subscription to the notices. */
export interface Subscription {
  /**
   * Name of the subscription: 1 to 32 letters, digits, `-` or `_`, unique regardless of case. A new name creates a new
   * subscription.
   */
  name: string;
  /** `email`, `sqs` or `https`. A change replaces the subscription. */
  protocol: SubscriptionProtocol;
  /**
   * An e-mail address, the ARN of a queue whose policy allows the topic to send, or an HTTPS URL whose server confirms the
   * subscription. A change replaces the subscription.
   */
  endpoint: pulumi.Input<string>;
  /**
   * Statuses of the notices that are delivered: `SUCCEEDED`, `PARTIAL`, `FAILED`, `APPROVAL_WANTED`, and `SERVICE` for all that
   * EventBridge and CloudWatch send: executions that timed out or were stopped, blocked queues, alarms. Defaults to all.
   */
  statuses?: NotificationStatus[];
}
