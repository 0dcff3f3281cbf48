import * as sqs from "@pulumi/aws/sqs";
import type * as pulumi from "@pulumi/pulumi";

import { onlyTls } from "../access/onlyTls";
import type { Pipeline } from "../settings";
import { confusedDeputyCondition } from "../access/roles";

export interface DeadLetterQueue {
  arn: pulumi.Output<string>;
  url: pulumi.Output<string>;
  name: pulumi.Output<string>;
  /** What has to be there before something is sent to it. */
  dependsOn: pulumi.Resource[];
}

/** The longest that SQS keeps a message: two weeks to notice, and to start what didn't start. */
const KEPT_SECONDS = 1_209_600;

/** Starts that failed for good, with the event or input that they had. */
export function createDeadLetterQueue(
  { name, tags, keyArn }: Pipeline,
  ruleArn: pulumi.Output<string> | undefined,
  parent: pulumi.Resource,
): DeadLetterQueue {
  const queue = new sqs.Queue(
    `${name}-dead-letters`,
    {
      messageRetentionSeconds: KEPT_SECONDS,
      ...(keyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: keyArn }),
      tags,
    },
    { parent },
  );
  const policy = new sqs.QueuePolicy(
    `${name}-dead-letters-policy`,
    {
      queueUrl: queue.url,
      policy: {
        Version: "2012-10-17",
        Statement: [
          onlyTls("sqs:*", queue.arn),
          // Schedules send with a role of their own.
          ...(ruleArn === undefined
            ? []
            : [
                {
                  Sid: "KeepEvents",
                  Effect: "Allow" as const,
                  Principal: { Service: "events.amazonaws.com" },
                  Action: "sqs:SendMessage",
                  Resource: queue.arn,
                  Condition: confusedDeputyCondition(ruleArn),
                },
              ]),
        ],
      },
    },
    { parent },
  );
  return { arn: queue.arn, url: queue.url, name: queue.name, dependsOn: [policy] };
}
