import type * as pulumi from "@pulumi/pulumi";

/**
 * Roles that exist already, where people may not make roles of their own. They are used as they are, so that they need the
 * permissions that docs/permissions.md lists, in place before the first deployment. Jobs have `roleArn` besides. What starts executions and
 * what sends notices of services has roles that are always made.
 */
export interface RolesArgs {
  /** ARN of an existing role that Step Functions may assume. Defaults to one made for the state machine. */
  stateMachineRoleArn?: pulumi.Input<string>;
  /** ARN of an existing role that ECS tasks may assume, for the programs in jobs. Defaults to one made for the jobs. */
  jobRoleArn?: pulumi.Input<string>;
  /** ARN of an existing role that ECS tasks may assume, with which ECS starts jobs. Defaults to one made for that. */
  executionRoleArn?: pulumi.Input<string>;
  /**
   * ARN of an existing instance profile for EC2 and Spot Instances, whose role has AmazonEC2ContainerServiceforEC2Role. The nodes
   * of an EKS cluster have one in `eks`. Defaults to one made for the instances.
   */
  instanceProfileArn?: pulumi.Input<string>;
  /**
   * ARN of a policy that limits every role made for the pipeline, whatever else they are given: a permissions boundary. A
   * change replaces nothing. Defaults to none.
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
}
