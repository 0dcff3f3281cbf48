import type * as iam from "@pulumi/aws/iam";
import * as sqs from "@pulumi/aws/sqs";
import type * as pulumi from "@pulumi/pulumi";

import { confusedDeputyCondition } from "../access/roles";
import { onlyTls, policy } from "../access/statements";
import type { Context } from "../context/context";

export interface DeadLetterQueue {
  arn: pulumi.Output<string>;
  url: pulumi.Output<string>;
  name: pulumi.Output<string>;
  /** What must exist before anything is sent to the queue. */
  dependsOn: pulumi.Resource[];
}

/** The longest that SQS keeps a message: two weeks to notice a failed start, and to repeat it. */
const RETENTION_SECONDS = 1_209_600;

/** Starts that failed after all retries, with their event or input. */
export function createDeadLetterQueue(
  { name, tags, keyArn, parent }: Context,
  ruleArns: pulumi.Output<string>[],
): DeadLetterQueue {
  const queue = new sqs.Queue(
    `${name}-dead-letters`,
    {
      messageRetentionSeconds: RETENTION_SECONDS,
      ...(keyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: keyArn }),
      tags,
    },
    { parent },
  );
  const queuePolicy = new sqs.QueuePolicy(
    `${name}-dead-letters-policy`,
    {
      queueUrl: queue.url,
      // Schedules send with their own role.
      policy: policy([onlyTls("sqs:*", queue.arn), ...keepEvents(queue.arn, ruleArns)]),
    },
    { parent },
  );
  return { arn: queue.arn, url: queue.url, name: queue.name, dependsOn: [queuePolicy] };
}

function keepEvents(queueArn: pulumi.Output<string>, ruleArns: pulumi.Output<string>[]): iam.PolicyStatement[] {
  const [first] = ruleArns;
  if (first === undefined) return [];
  return [
    {
      Sid: "KeepEvents",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: confusedDeputyCondition(ruleArns.length === 1 ? first : ruleArns),
    },
  ];
}
