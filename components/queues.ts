import * as batch from "@pulumi/aws/batch";
import type * as pulumi from "@pulumi/pulumi";

import type { Pipeline } from "./pipeline";

/** The job queues by their names in the pipeline. */
export type CreatedQueues = Record<string, batch.JobQueue>;

export function createQueues(
  { name, queues, tags }: Pipeline,
  environment: batch.ComputeEnvironment,
  parent: pulumi.Resource,
): CreatedQueues {
  return Object.fromEntries(
    queues.map((queue) => [
      queue.name,
      new batch.JobQueue(
        `${name}-${queue.name}-queue`,
        {
          name: queue.jobQueueName,
          priority: queue.priority,
          state: "ENABLED",
          computeEnvironmentOrders: [{ order: 1, computeEnvironment: environment.arn }],
          tags,
        },
        { parent },
      ),
    ]),
  );
}
