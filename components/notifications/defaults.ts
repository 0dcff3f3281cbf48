import type * as pulumi from "@pulumi/pulumi";

import type { Notifications, Subscription } from "./args";

export interface NotificationSettings {
  /** An existing topic. Otherwise one is made. */
  topicArn?: pulumi.Input<string>;
  /** The key of the existing topic. */
  topicKeyArn?: pulumi.Input<string>;
  emailAddresses: pulumi.Input<string>[];
  subscriptions: Subscription[];
  serviceNotices: boolean;
  /** Whether alarms publish to the topic too. */
  alarms: boolean;
}

/** @param monitoring Whether there is monitoring, and whether it has alarms. */
export function normaliseNotifications(
  args: Notifications = {},
  monitoring: { alarms: boolean } | undefined,
): NotificationSettings {
  return {
    topicArn: args.topicArn,
    topicKeyArn: args.topicKeyArn,
    emailAddresses: args.emailAddresses ?? [],
    subscriptions: args.subscriptions ?? [],
    serviceNotices: args.enableServiceNotices ?? monitoring !== undefined,
    alarms: monitoring?.alarms ?? false,
  };
}
