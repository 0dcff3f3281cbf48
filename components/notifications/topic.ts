import type * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";

import { createKmsKey } from "../access/key";
import { alarmStatements } from "../access/keyPolicy";
import { allowKeyVia, READ_AND_WRITE } from "../access/keyUse";
import type { Context } from "../context/context";
import type { NotificationSettings } from "./defaults";
import { filterPolicy } from "./noticeFilter";

/** Where notices go. */
export interface NoticeTopic {
  arn: pulumi.Output<string>;
  /** Absent for the key that AWS manages for SNS, and for an existing topic without its own key. */
  keyArn?: pulumi.Input<string>;
  /** False for an existing topic. */
  isCreated: boolean;
}

/** The topic with its subscriptions. */
export function createTopic(context: Context, settings: NotificationSettings): NoticeTopic {
  const { name, parent } = context;
  const topic = findTopic(settings) ?? makeTopic(context, settings);
  settings.emailAddresses.forEach((endpoint, index) => {
    new sns.TopicSubscription(
      `${name}-email-${index + 1}`,
      { topic: topic.arn, protocol: "email", endpoint },
      { parent },
    );
  });
  for (const { name: subscription, protocol, endpoint, statuses } of settings.subscriptions) {
    new sns.TopicSubscription(
      `${name}-${subscription}-subscription`,
      { topic: topic.arn, protocol, endpoint, filterPolicy: statuses && filterPolicy(statuses) },
      { parent },
    );
  }
  return topic;
}

function findTopic({ topicArn, topicKeyArn }: NotificationSettings): NoticeTopic | undefined {
  return topicArn === undefined ? undefined : { arn: pulumi.output(topicArn), keyArn: topicKeyArn, isCreated: false };
}

function makeTopic(context: Context, settings: NotificationSettings): NoticeTopic {
  const { name, tags, parent } = context;
  const keyArn = context.keyArn ?? (settings.alarms ? createTopicKey(context) : undefined);
  const { arn } = new sns.Topic(`${name}-topic`, { kmsMasterKeyId: keyArn ?? "alias/aws/sns", tags }, { parent });
  return { arn, keyArn, isCreated: true };
}

/**
 * The key that AWS manages for SNS costs nothing, and every role that may publish may use it through SNS. But alarms publish without a
 * role, and nobody can change that key's policy.
 * @see https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
function createTopicKey(context: Context): pulumi.Output<string> {
  return createKmsKey(context, { suffix: "topic-key", encrypts: "notices", statements: alarmStatements }).arn;
}

/** What a role that publishes needs of the topic's key. */
export function allowTopicKey(context: Context, { keyArn }: NoticeTopic): iam.PolicyStatement[] {
  const use = { sid: "PublishWithKey", actions: READ_AND_WRITE, service: "sns" } as const;
  return keyArn === undefined ? [] : [allowKeyVia(context, { ...use, keyArn })];
}
