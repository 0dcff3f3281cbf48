import type * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";

import { onlyTls } from "../access/onlyTls";
import type { NoticeTopic } from "./notifications";
import type { Pipeline } from "../settings";
import { parseArn } from "../workflow/asl/statements";

/** Who publishes notices. */
export interface Publishers {
  /** Of the state machine, and of the rules that send notices. */
  roleArns: pulumi.Output<string>[];
  alarms: { arn: pulumi.Output<string> }[];
}

/**
 * The policy of the topic, as JSON: the one that it gets when it is made here, or what one that was there before needs.
 * Other accounts are not let in by anything.
 */
export function createTopicPolicy(
  { name }: Pipeline,
  topic: NoticeTopic,
  publishers: Publishers,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const policy: iam.PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
      onlyTls("sns:Publish", topic.arn),
      // On a topic that was there before, others may publish as well.
      ...(topic.made ? [onlyThisPipeline(topic, publishers)] : []),
      ...alarmsMay(topic, publishers),
    ],
  };
  if (topic.made) new sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy }, { parent });
  return pulumi.jsonStringify(policy);
}

/** Nobody else publishes, whatever its own policies allow. */
function onlyThisPipeline(topic: NoticeTopic, { roleArns }: Publishers): iam.PolicyStatement {
  return {
    Sid: "OnlyThisPipeline",
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    Resource: topic.arn,
    Condition: {
      ArnNotEquals: { "aws:PrincipalArn": roleArns },
      // Services have no ARN; what they may, the statements below say.
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  };
}

/**
 * Alarms publish without a role.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
function alarmsMay(topic: NoticeTopic, { alarms }: Publishers): iam.PolicyStatement[] {
  if (alarms.length === 0) return [];
  return [
    {
      Sid: "Alarms",
      Effect: "Allow",
      Principal: { Service: "cloudwatch.amazonaws.com" },
      Action: "sns:Publish",
      Resource: topic.arn,
      Condition: {
        StringEquals: { "aws:SourceAccount": topic.arn.apply((arn) => parseArn(arn).account) },
        ArnEquals: { "aws:SourceArn": alarms.map(({ arn }) => arn) },
      },
    },
  ];
}
