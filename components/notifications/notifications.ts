import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";

import { createTopicKey } from "../access/encryption";
import { filterPolicy } from "./noticeFilter";
import type { Pipeline } from "../settings";
import type { AwsLocation } from "../workflow/asl/statements";

/** Where notices go. */
export interface NoticeTopic {
  arn: pulumi.Output<string>;
  /** Absent for the key that AWS keeps for SNS, and for a topic that was there before and has no key of its own. */
  keyArn?: pulumi.Input<string>;
  /** False for a topic that was there before. */
  made: boolean;
}

/** The topic with its subscriptions. */
export function createTopic(
  pipeline: Pipeline,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): NoticeTopic {
  const { name, tags, notifications } = pipeline;
  const topic = existingTopic(pipeline) ?? makeTopic();
  notifications.emailAddresses.forEach((endpoint, index) => {
    new sns.TopicSubscription(
      `${name}-email-${index + 1}`,
      { topic: topic.arn, protocol: "email", endpoint },
      { parent },
    );
  });
  for (const { name: subscription, protocol, endpoint, statuses } of notifications.subscriptions) {
    new sns.TopicSubscription(
      `${name}-${subscription}-subscription`,
      {
        topic: topic.arn,
        protocol,
        endpoint,
        filterPolicy: statuses && filterPolicy(statuses),
      },
      { parent },
    );
  }
  return topic;

  function makeTopic(): NoticeTopic {
    const keyArn = createTopicKey(pipeline, place, parent);
    const made = new sns.Topic(
      `${name}-topic`,
      // The key that AWS keeps for SNS costs nothing, and every role of the account that may publish may use it through SNS.
      // Alarms can't, which publish without a role: nobody can change that key's policy.
      // https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
      { kmsMasterKeyId: keyArn ?? "alias/aws/sns", tags },
      { parent },
    );
    return { arn: made.arn, keyArn, made: true };
  }
}

function existingTopic({ notifications: { topicArn, topicKeyArn } }: Pipeline): NoticeTopic | undefined {
  return topicArn === undefined ? undefined : { arn: pulumi.output(topicArn), keyArn: topicKeyArn, made: false };
}
