import type * as pulumi from "@pulumi/pulumi";

/**
 * Which key encrypts what the pipeline makes: bucket, topic, queues for dead letters, inputs of schedules, logs, images, disks of
 * instances, and executions with their history.
 */
export interface EncryptionArgs {
  /**
   * ARN of an existing symmetric KMS key in the pipeline's region and account. Its policy has to let the services use it that
   * act without a role: docs/permissions.md has the statements. A change replaces the repository of images. Defaults to keys of AWS,
   * which cost nothing.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Makes a key for the pipeline, with a policy that fits, which is rotated every year and kept for 30 days when it is
   * deleted: without it, nothing that it encrypted can be read. It costs 1 USD a month, to which the first two rotations add 1 USD
   * each, and 0.03 USD for 10,000 uses. Defaults to false.
   * @see https://aws.amazon.com/kms/pricing/
   */
  enableKey?: boolean;
}
