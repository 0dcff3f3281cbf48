import type * as pulumi from "@pulumi/pulumi";

import type { NotificationsArgs, SubscriptionArgs } from "./args";

export interface NotificationSettings {
  /** An existing topic. Without one it is made. */
  topicArn?: pulumi.Input<string>;
  /** Of an existing topic. */
  topicKeyArn?: pulumi.Input<string>;
  emailAddresses: pulumi.Input<string>[];
  subscriptions: SubscriptionArgs[];
  serviceNotices: boolean;
}

export function notificationsOf(args: NotificationsArgs = {}, monitored: boolean): NotificationSettings {
  return {
    topicArn: args.topicArn,
    topicKeyArn: args.topicKeyArn,
    emailAddresses: args.emailAddresses ?? [],
    subscriptions: args.subscriptions ?? [],
    serviceNotices: args.enableServiceNotices ?? monitored,
  };
}
