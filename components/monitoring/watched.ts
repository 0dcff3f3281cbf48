import type * as pulumi from "@pulumi/pulumi";

/** What there is to watch. */
export interface Watched {
  /** Of the pipeline's own metrics: the state machine's name makes it the only one in the account. */
  namespace: pulumi.Output<string>;
  stateMachineArn: pulumi.Output<string>;
  /** Queues by their names in the pipeline. */
  queueArns: Record<string, pulumi.Output<string>>;
  /** Absent without a trigger. */
  deadLetterQueueName?: pulumi.Output<string>;
  /** Absent without storage. */
  bucketName?: pulumi.Output<string>;
  logGroupNames: pulumi.Output<string>[];
}
