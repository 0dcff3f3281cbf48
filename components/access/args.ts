import type * as pulumi from "@pulumi/pulumi";

/**
 * Existing roles, for accounts that restrict who creates roles. The pipeline doesn't change them: give them the permissions
 * in docs/permissions.md before the first deployment. Adding one deletes the role that the pipeline created. Executions and
 * jobs that still use that role fail, so let them end first. A job can also have its own `roleArn`. The pipeline always
 * creates the roles that start executions and that send service notices.
 */
export interface Roles {
  /** ARN of an existing role that Step Functions may assume. Defaults to a role that the pipeline creates. */
  stateMachineRoleArn?: pulumi.Input<string>;
  /**
   * ARN of an existing role that ECS tasks may assume. The programs in jobs use it. Defaults to a role that the pipeline
   * creates.
   */
  jobRoleArn?: pulumi.Input<string>;
  /**
   * ARN of an existing role that ECS tasks may assume. ECS uses it to start jobs. Defaults to a role that the pipeline
   * creates.
   */
  executionRoleArn?: pulumi.Input<string>;
  /**
   * ARN of an existing instance profile for EC2 and Spot Instances. Its role needs the policy
   * AmazonEC2ContainerServiceforEC2Role. EKS nodes use the profile in `eks`. A change updates the environments in
   * place. Defaults to a profile that the pipeline creates.
   */
  instanceProfileArn?: pulumi.Input<string>;
  /**
   * ARN of a permissions boundary: a policy that limits every role that the pipeline creates, whatever other policies the
   * role has. A change replaces nothing. Defaults to none.
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
}

/**
 * The key that encrypts what the pipeline creates: the bucket, the topic, an event bus, dead-letter queues, inputs of schedules, logs,
 * images, instance disks, and executions with their history.
 */
export interface Encryption {
  /**
   * ARN of an existing symmetric KMS key in the pipeline's region and account. Its policy must allow the services that use it
   * without a role: docs/permissions.md has the statements. A change replaces the repository of images that the pipeline
   * builds. What the earlier key encrypted still needs that key. Defaults to AWS's own keys, which cost nothing.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Creates a key for the pipeline, with the policy that it needs. AWS rotates it every year. A change replaces the repository
   * of images that the pipeline builds. Setting it to false deletes the key, as deleting the stack does: 30 days later nothing
   * that it encrypted can be read any more. It costs 1 USD a month, another 1 USD a month after
   * each of the first two rotations, and 0.03 USD for 10,000 uses. Defaults to false.
   * @see https://aws.amazon.com/kms/pricing/
   */
  enableKey?: boolean;
}
