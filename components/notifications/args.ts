import type * as pulumi from "@pulumi/pulumi";

/** Who hears of videos, finished and failed, and of what needs somebody. */
export interface NotificationsArgs {
  /**
   * ARN of an existing SNS topic in the pipeline's region and account. The state machine and EventBridge publish on it with roles of
   * the pipeline, which need nothing in the topic's policy; alarms need the statements of the output `topicPolicy`. If a key of
   * your own encrypts the topic, name it in `topicKeyArn`. Defaults to an encrypted topic made for the pipeline, on which nobody
   * else may publish.
   */
  topicArn?: pulumi.Input<string>;
  /**
   * ARN of the KMS key that encrypts the topic of `topicArn`: the pipeline's roles get to use it through SNS. Its policy has to let
   * the account use it, and with `monitoring` also CloudWatch, by the statement `CloudWatchAlarms` of docs/permissions.md; with the key that
   * AWS keeps for SNS, alarms can't publish. Defaults to none: the topic has no key, or the one that AWS keeps for SNS.
   */
  topicKeyArn?: pulumi.Input<string>;
  /** Addresses that get every notice, once they confirm the subscription. The order is their identity. Defaults to none. */
  emailAddresses?: pulumi.Input<string>[];
  /** Who else gets notices, and which. Defaults to none. */
  subscriptions?: SubscriptionArgs[];
  /**
   * Also tells of executions that were stopped or ran out of time, which end without their failure steps, and of blocked queues.
   * EventBridge sends these, for which a role is made; for events of AWS it costs nothing. Defaults to true with `monitoring`, and to
   * false without.
   * @see https://aws.amazon.com/eventbridge/pricing/
   */
  enableServiceNotices?: boolean;
}

/** Delivery of notices to somebody. */
export interface SubscriptionArgs {
  /** Name of the subscription: 1 to 32 letters, digits, `-` or `_`, unique whatever the case. A new name subscribes anew. */
  name: string;
  /** `email`, `sqs` or `https`. A change subscribes anew. */
  protocol: string;
  /**
   * E-mail address, ARN of a queue whose policy lets the topic send, or URL that confirms the subscription. A change
   * subscribes anew.
   */
  endpoint: pulumi.Input<string>;
  /**
   * Statuses of the notices that are delivered: `SUCCEEDED`, `PARTIAL`, `FAILED`, `APPROVAL_WANTED`, and `SERVICE` for all that
   * EventBridge and CloudWatch send: executions that ran out of time or were stopped, blocked queues, alarms. Defaults to all.
   */
  statuses?: string[];
}
