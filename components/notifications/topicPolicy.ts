import type * as iam from "@pulumi/aws/iam";
import * as sns from "@pulumi/aws/sns";
import type * as pulumi from "@pulumi/pulumi";

import { onlyTls } from "../security/onlyTls";
import type { NoticeTopic } from "./notifications";
import type { Pipeline } from "../pipeline";
import { placeOf } from "../workflow/permissions";

/** Who publishes notices. */
export interface Publishers {
  /** Of the state machine. */
  roleArn: pulumi.Output<string>;
  rules: { arn: pulumi.Output<string> }[];
  alarms: { arn: pulumi.Output<string> }[];
}

/** Nobody but this pipeline publishes on its topic, and nobody without TLS. Other accounts are not let in by anything. */
export function createTopicPolicy(
  { name }: Pipeline,
  topic: NoticeTopic,
  { roleArn, rules, alarms }: Publishers,
  parent: pulumi.Resource,
): void {
  new sns.TopicPolicy(
    `${name}-topic-policy`,
    {
      arn: topic.arn,
      policy: {
        Version: "2012-10-17",
        Statement: [
          onlyTls("sns:Publish", topic.arn),
          {
            Sid: "OnlyThisPipeline",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: {
              ArnNotEquals: { "aws:PrincipalArn": roleArn },
              // Services have no ARN; what they may, the statements below say.
              Bool: { "aws:PrincipalIsAWSService": "false" },
            },
          },
          ...allow("Rules", "events.amazonaws.com", topic, rules),
          ...allow("Alarms", "cloudwatch.amazonaws.com", topic, alarms),
        ],
      },
    },
    { parent },
  );
}

function allow(
  sid: string,
  service: string,
  topic: NoticeTopic,
  sources: { arn: pulumi.Output<string> }[],
): iam.PolicyStatement[] {
  if (sources.length === 0) return [];
  return [
    {
      Sid: sid,
      Effect: "Allow",
      Principal: { Service: service },
      Action: "sns:Publish",
      Resource: topic.arn,
      Condition: {
        StringEquals: { "aws:SourceAccount": topic.arn.apply((arn) => placeOf(arn).account) },
        ArnEquals: { "aws:SourceArn": sources.map(({ arn }) => arn) },
      },
    },
  ];
}
