import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import { accountOf, roleFor } from "./roles";

export interface DeadLetterQueue {
  queue: aws.sqs.Queue;
  /** What must exist before anything is sent to the queue. */
  policy: aws.sqs.QueuePolicy;
}

/** A queue for what a rule can't deliver. Each message has the event as its body, and says why. */
export function createDeadLetterQueue(name: string, rule: aws.cloudwatch.EventRule): DeadLetterQueue {
  const queue = new aws.sqs.Queue(name, { messageRetentionSeconds: 14 * 24 * 3600, sqsManagedSseEnabled: true });
  const source = {
    StringEquals: { "aws:SourceAccount": accountOf(rule.arn) },
    ArnLike: { "aws:SourceArn": rule.arn },
  };
  const policy = new aws.sqs.QueuePolicy(`${name}-policy`, {
    queueUrl: queue.url,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyTls",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: queue.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "KeepEvents",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue.arn,
          Condition: source,
        },
      ],
    },
  });
  return { queue, policy };
}

export interface StartingRule {
  rule: aws.cloudwatch.EventRule;
  /** As the rule has it. Absent on the default bus, which the rule itself names only after its first update. */
  busName?: pulumi.Output<string>;
}

/** Starts a state machine with every event that a rule matches. */
export function startOnEvents(
  name: string,
  { rule, busName }: StartingRule,
  { arn }: aws.sfn.StateMachine,
  { queue, policy: queuePolicy }: DeadLetterQueue,
): void {
  const role = roleFor(`${name}-role`, "events.amazonaws.com", { account: accountOf(rule.arn), arn: rule.arn });
  const policy = new aws.iam.RolePolicy(`${name}-policy`, {
    role: role.name,
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["states:StartExecution"], Resource: [arn] }],
    },
  });
  new aws.cloudwatch.EventTarget(
    `${name}-target`,
    {
      ...{ rule: rule.name, eventBusName: busName, arn, roleArn: role.arn },
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
      deadLetterConfig: { arn: queue.arn },
    },
    { dependsOn: [policy, queuePolicy] },
  );
}
