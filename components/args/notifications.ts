import type * as pulumi from "@pulumi/pulumi";

/** Who hears of videos, finished and failed, and of what needs somebody. */
export interface NotificationsArgs {
  /**
   * ARN of an existing SNS topic in the pipeline's region and account. If a key of your own encrypts it, allow the state
   * machine's role to use that key, and with `enableServiceNotices` or `monitoring` also EventBridge and CloudWatch.
   * Defaults to an encrypted topic made for the pipeline, on which nobody else may publish.
   */
  topicArn?: pulumi.Input<string>;
  /** Addresses that get every notice, once they confirm the subscription. The order is their identity. Defaults to none. */
  emailAddresses?: pulumi.Input<string>[];
  /** Who else gets notices, and which. Defaults to none. */
  subscriptions?: SubscriptionArgs[];
  /**
   * Also tells of executions that were stopped or ran out of time, which end without their failure steps, and of blocked queues.
   * EventBridge sends these, which needs a KMS key for the topic: without one in `encryption` it is made, for 1 USD a
   * month. Defaults to true with `monitoring`, and to false without.
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
