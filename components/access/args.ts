import type * as pulumi from "@pulumi/pulumi";

/**
 * Existing roles, for accounts in which not everybody may create roles. They are used as they are and need the permissions that
 * docs/permissions.md lists, in place before the first deployment. A job can also have its own `roleArn`. The roles that start
 * executions and that send notices of services are always made.
 */
export interface Roles {
  /** ARN of an existing role that Step Functions may assume. Defaults to one made for the state machine. */
  stateMachineRoleArn?: pulumi.Input<string>;
  /** ARN of an existing role that ECS tasks may assume, for the programs in jobs. Defaults to one made for the jobs. */
  jobRoleArn?: pulumi.Input<string>;
  /** ARN of an existing role that ECS tasks may assume, with which ECS starts jobs. Defaults to one made for that. */
  executionRoleArn?: pulumi.Input<string>;
  /**
   * ARN of an existing instance profile for EC2 and Spot Instances, whose role has AmazonEC2ContainerServiceforEC2Role. The nodes
   * of an EKS cluster have theirs in `eks`. Defaults to one made for the instances.
   */
  instanceProfileArn?: pulumi.Input<string>;
  /**
   * ARN of a permissions boundary: a policy that limits every role made for the pipeline, whatever other policies the role has. A
   * change replaces nothing. Defaults to none.
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
}

/**
 * Which key encrypts what the pipeline makes: the bucket, the topic, dead-letter queues, the inputs of schedules, logs, images, the
 * disks of instances, and executions with their history.
 */
export interface Encryption {
  /**
   * ARN of an existing symmetric KMS key in the pipeline's region and account. Its policy has to allow the services that use it
   * without a role: docs/permissions.md has the statements. A change replaces the image repository. Defaults to AWS's own keys,
   * which cost nothing.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Makes a key for the pipeline, with a policy that fits. It is rotated every year, and kept for 30 days after it is deleted:
   * without it, nothing that it encrypted can be read. It costs 1 USD a month, to which the first two rotations add 1 USD
   * each, and 0.03 USD for 10,000 uses. Defaults to false.
   * @see https://aws.amazon.com/kms/pricing/
   */
  enableKey?: boolean;
}
