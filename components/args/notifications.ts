import type * as pulumi from "@pulumi/pulumi";

/** Who hears of finished and failed videos. */
export interface NotificationsArgs {
  /**
   * ARN of an existing SNS topic in the pipeline's region and account. If a key of your own encrypts it, allow the state
   * machine's role to use that key. Defaults to an encrypted topic made for the pipeline.
   */
  topicArn?: pulumi.Input<string>;
  /** Addresses that get every notice, once they confirm the subscription. The order is their identity. Defaults to none. */
  emailAddresses?: pulumi.Input<string>[];
}
