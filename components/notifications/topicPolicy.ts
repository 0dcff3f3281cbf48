import type * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";

import { parseArn } from "../../contract/arn";
import { onlyTls, policy } from "../access/statements";
import type { Context } from "../context/context";
import type { NoticeTopic } from "./topic";

/** Who publishes notices. */
export interface Publishers {
  /** The roles of the state machine, and of the rules that send notices. */
  roleArns: pulumi.Output<string>[];
  alarms: { arn: pulumi.Output<string> }[];
}

/**
 * The policy of the topic, as JSON: what a topic made here has, or what an existing one needs. Nothing in it allows other accounts.
 */
export function createTopicPolicy(
  { name, parent }: Context,
  topic: NoticeTopic,
  publishers: Publishers,
): pulumi.Output<string> {
  const document = policy([
    onlyTls("sns:Publish", topic.arn),
    // Others may publish to an existing topic as well.
    ...(topic.isCreated ? [onlyThisPipeline(topic, publishers)] : []),
    ...allowAlarms(topic, publishers),
  ]);
  if (topic.isCreated) new sns.TopicPolicy(`${name}-topic-policy`, { arn: topic.arn, policy: document }, { parent });
  return pulumi.jsonStringify(document);
}

/** Refuses all other publishers, whatever their own policies allow. */
function onlyThisPipeline(topic: NoticeTopic, { roleArns }: Publishers): iam.PolicyStatement {
  return {
    Sid: "OnlyThisPipeline",
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    Resource: topic.arn,
    Condition: {
      ArnNotEquals: { "aws:PrincipalArn": roleArns },
      // Services have no ARN; the statements below allow them what they need.
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  };
}

/**
 * Alarms publish without a role.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
function allowAlarms(topic: NoticeTopic, { alarms }: Publishers): iam.PolicyStatement[] {
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
