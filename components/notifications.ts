import * as sns from "@pulumi/aws/sns";
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";

import type { Pipeline } from "./pipeline";

/** The topic's ARN. */
export function createNotifications(pipeline: Pipeline, parent: pulumi.Resource): pulumi.Output<string> {
  const { name, notifications } = pipeline;
  const topicArn =
    notifications.topicArn === undefined ? createTopic(pipeline, parent).arn : output(notifications.topicArn);
  notifications.emailAddresses.forEach((endpoint, index) => {
    new sns.TopicSubscription(
      `${name}-email-${index + 1}`,
      { topic: topicArn, protocol: "email", endpoint },
      { parent },
    );
  });
  return topicArn;
}

function createTopic({ name, tags }: Pipeline, parent: pulumi.Resource): sns.Topic {
  return new sns.Topic(
    `${name}-topic`,
    // The key that AWS keeps for SNS costs nothing, and every role of the account that may publish may use it through SNS.
    // Services that publish without a role, as EventBridge and CloudWatch do, could not.
    { kmsMasterKeyId: "alias/aws/sns", tags },
    { parent },
  );
}
