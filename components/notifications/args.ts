import type * as pulumi from "@pulumi/pulumi";

/** Who is notified of finished and failed videos, and of everything that needs attention. */
export interface Notifications {
  /**
   * ARN of an existing SNS topic in the pipeline's region and account, not a FIFO topic. The state machine and EventBridge publish to it with roles of
   * the pipeline, which need nothing in the topic's policy; alarms need the statements of the output `topicPolicy`. If your own key
   * encrypts the topic, name it in `topicKeyArn`. Defaults to an encrypted topic made for the pipeline, to which nobody else may
   * publish.
   */
  topicArn?: pulumi.Input<string>;
  /**
   * ARN of the KMS key that encrypts the topic of `topicArn`: the pipeline's roles may use it through SNS. Its policy has to allow
   * the account to use it, and with `monitoring` also CloudWatch, by the statement `CloudWatchAlarms` of docs/permissions.md; with the
   * key that AWS manages for SNS, alarms can't publish. Defaults to none: the topic has no key, or the one that AWS manages for SNS.
   */
  topicKeyArn?: pulumi.Input<string>;
  /** E-mail addresses that get every notice, once they confirm the subscription. Their order identifies them. Defaults to none. */
  emailAddresses?: pulumi.Input<string>[];
  /** Who else gets which notices. Defaults to none. */
  subscriptions?: Subscription[];
  /**
   * Sends notices of blocked queues too, and of executions that were stopped or timed out, which skip their failure steps. EventBridge
   * sends these, with a role made for it; events of AWS services are free. Defaults to true with `monitoring`, and to false without.
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
  /** Name of the subscription: 1 to 32 letters, digits, `-` or `_`, unique whatever the case. A new name makes a new subscription. */
  name: string;
  /** `email`, `sqs` or `https`. A change replaces the subscription. */
  protocol: SubscriptionProtocol;
  /**
   * E-mail address, ARN of a queue whose policy allows the topic to send, or URL that confirms the subscription. A change
   * replaces the subscription.
   */
  endpoint: pulumi.Input<string>;
  /**
   * Statuses of the notices that are delivered: `SUCCEEDED`, `PARTIAL`, `FAILED`, `APPROVAL_WANTED`, and `SERVICE` for all that
   * EventBridge and CloudWatch send: executions that timed out or were stopped, blocked queues, alarms. Defaults to all.
   */
  statuses?: NotificationStatus[];
}
