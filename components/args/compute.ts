import type * as pulumi from "@pulumi/pulumi";

/** A managed Batch compute environment of EC2 On-Demand instances. */
export interface ComputeArgs {
  /** vCPUs that are kept running without work, 0 to `maxVcpus`. Anything above 0 costs money all day. Defaults to 0. */
  minVcpus?: number;
  /**
   * vCPUs to start with, `minVcpus` to `maxVcpus`. Batch moves it from then on, so later changes are ignored. Defaults to 2,
   * or to the nearest value between `minVcpus` and `maxVcpus`.
   */
  desiredVcpus?: number;
  /** Most vCPUs that run at once, 1 to 100,000. Batch may pass it by one instance. Defaults to 4. */
  maxVcpus?: number;
  /**
   * Instance types or families, for example `c7i` or `c7i.xlarge`; `optimal` lets Batch choose. A change updates the
   * environment in place. Defaults to `optimal`.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/create-compute-environment.html
   */
  instanceTypes?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Existing subnets for the instances, together with `securityGroupIds`. They need a way to ECS, ECR, CloudWatch Logs and
   * S3: a public address, a NAT gateway or VPC endpoints. Defaults to the public subnets of the default VPC.
   */
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Existing security groups for the instances, together with `subnetIds`. They need outgoing HTTPS and nothing incoming.
   * Defaults to one that is made for the pipeline and lets nothing in.
   */
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Name of the environment in AWS, 1 to 128 letters, digits, `-` or `_`. A change replaces the environment. As long as the
   * name is fixed, a change that replaces the environment has to change the name too: Batch can't delete an environment that
   * a queue still uses, and two can't have one name. Defaults to a generated one, which has no such trap.
   */
  computeEnvironmentName?: string;
}
