import type * as pulumi from "@pulumi/pulumi";

/** The kinds of machines in a compute environment. */
export const EnvironmentType = {
  EC2: "EC2",
  SPOT: "SPOT",
  FARGATE: "FARGATE",
  FARGATE_SPOT: "FARGATE_SPOT",
} as const;
export type EnvironmentType = (typeof EnvironmentType)[keyof typeof EnvironmentType];

/** The processors of machines. */
export const Architecture = {
  x86_64: "x86_64",
  arm64: "arm64",
} as const;
export type Architecture = (typeof Architecture)[keyof typeof Architecture];

/** How Batch chooses among instance types. */
export const AllocationStrategy = {
  BEST_FIT_PROGRESSIVE: "BEST_FIT_PROGRESSIVE",
  SPOT_PRICE_CAPACITY_OPTIMIZED: "SPOT_PRICE_CAPACITY_OPTIMIZED",
  SPOT_CAPACITY_OPTIMIZED: "SPOT_CAPACITY_OPTIMIZED",
} as const;
export type AllocationStrategy = (typeof AllocationStrategy)[keyof typeof AllocationStrategy];

/** A managed Batch compute environment: Batch starts and stops its machines as jobs need them. */
export interface ComputeEnvironment {
  /**
   * Name by which queues refer to the environment: 1 to 60 letters, digits, `-` or `_`, unique regardless of case. A new name
   * creates a new environment; queues point to it before the old one is deleted.
   */
  name: string;
  /**
   * `EC2` for On-Demand Instances, `SPOT` for Spot Instances, which cost a fraction and which AWS can reclaim with two
   * minutes' notice, `FARGATE` or `FARGATE_SPOT` for machines that AWS manages. With `eks`, `EC2` and `SPOT` are nodes of
   * that cluster. A change between `EC2` and `SPOT` updates the environment in place, and any other change replaces it.
   * Defaults to `EC2`.
   */
  type?: EnvironmentType;
  /**
   * Adds an On-Demand environment with the same settings as this Spot environment, after it in every queue: jobs run there
   * when there is no Spot capacity. Its name is this one's, followed by `-on-demand`. Defaults to false.
   */
  onDemandFallback?: boolean;
  /**
   * vCPUs that keep running when there are no jobs, 0 to `maxVcpus`. Anything above 0 costs money around the clock. Not with
   * Fargate. Defaults to 0.
   */
  minVcpus?: number;
  /**
   * vCPUs to start with, `minVcpus` to `maxVcpus`. Batch adjusts the number from then on, so later changes are ignored. Not with
   * Fargate. Defaults to 2, or to the nearest value between `minVcpus` and `maxVcpus`.
   */
  desiredVcpus?: number;
  /** Maximum number of vCPUs that run at once, 1 to 100,000. On EC2, Batch may exceed it by one instance. Defaults to 4. */
  maxVcpus?: number;
  /**
   * Instance types or families, in lower case and all of one architecture, for example `c7i` or `c7i.xlarge`, or `g6` for
   * GPUs. `default_x86_64`, `default_arm64` and, for x86, `optimal` let Batch choose. A change updates the environment in
   * place. Not with Fargate. Defaults to `optimal`, or to `default_arm64` where that is the architecture.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/instance-type-compute-table.html
   */
  instanceTypes?: string[];
  /**
   * `x86_64`, or `arm64` for Graviton. The environments of a queue have one architecture. Defaults to that of the instance
   * types, and to `x86_64` on Fargate.
   */
  architecture?: Architecture;
  /**
   * How Batch chooses among instance types: `BEST_FIT_PROGRESSIVE` for On-Demand, `SPOT_PRICE_CAPACITY_OPTIMIZED` or
   * `SPOT_CAPACITY_OPTIMIZED` for Spot. `BEST_FIT` isn't offered, because it can't be updated in place. A change
   * updates the environment in place. Not with Fargate. Defaults to `BEST_FIT_PROGRESSIVE`, or to `SPOT_PRICE_CAPACITY_OPTIMIZED` for Spot.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/allocation-strategies.html
   */
  allocationStrategy?: AllocationStrategy;
  /**
   * The most that a Spot Instance may cost, in percent of the On-Demand price, 1 to 100. A change updates the environment in
   * place. Only with `SPOT`. Defaults to 100.
   */
  maxSpotPricePercent?: number;
  /**
   * Size of each instance's encrypted gp3 disk in GiB, 30 to 16,384. It holds images and the jobs' scratch volumes. A change
   * updates the environment in place. Not with Fargate. Defaults to 100, which costs about 0.011 USD per instance-hour.
   */
  diskGiB?: number;
  /**
   * ID of the machine image (AMI) that instances start from: Amazon Linux 2023 for ECS, or for EKS with `eks`, of the
   * environment's architecture. A change replaces the instances in place, as `updatePolicy` says. Not with Fargate. Defaults
   * to the image that Batch chooses when it creates the environment, and keeps.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/managing-ami-versions.html
   */
  machineImageId?: pulumi.Input<string>;
  /**
   * A shell script, with its `#!` line, that every instance runs at its start, before it runs jobs, or anything else that
   * cloud-init accepts: `#cloud-config`, `#cloud-boothook`, or multipart MIME. Except on EKS nodes, the pipeline adds a part
   * that denies the instance's role to jobs that don't run as root. Together they have at most 16,384 bytes. A change
   * updates the environment in place. Not with Fargate. Defaults to none.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
   */
  userData?: pulumi.Input<string>;
  /** What happens to running jobs when a change replaces instances. Not with Fargate. Defaults to 30 minutes for them to end. */
  updatePolicy?: UpdatePolicy;
  /**
   * The EKS cluster that the machines join as nodes. Adding or removing it replaces the environment. Defaults to none: Batch
   * manages an ECS cluster.
   */
  eks?: Eks;
  /**
   * Tags of the environment and its instances, in addition to those of the pipeline. A change updates the environment in
   * place. Defaults to none.
   */
  tags?: Record<string, pulumi.Input<string>>;
  /**
   * Name of the environment in AWS, 1 to 128 letters, digits, `-` or `_`, not beginning with `AWS_BATCH`. A change replaces
   * the environment. Any other change that replaces an environment with a fixed name must change the name too, and is refused
   * otherwise: old and new exist side by side, and can't have the same name. Defaults to a generated name, which avoids this.
   */
  computeEnvironmentName?: string;
}

/** How Batch updates an environment in place when a change replaces its instances. */
export interface UpdatePolicy {
  /** Stops running jobs at once; Batch retries them according to their exit rules. Defaults to false. */
  terminateJobs?: boolean;
  /** Minutes that running jobs have to finish on their old instances, 1 to 7,200. Defaults to 30. */
  jobTimeoutMinutes?: number;
}

/** An existing EKS cluster that is prepared for Batch. */
export interface Eks {
  /** ARN of the cluster. Its nodes run in the pipeline's `network.subnetIds`. A change replaces the environment. */
  clusterArn: pulumi.Input<string>;
  /**
   * The Kubernetes namespace of the pods, which exists for Batch: at most 63 lower-case letters, digits and `-`, not
   * `default` and not beginning with `kube-`. A change replaces the environment.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/getting-started-eks.html
   */
  namespace: string;
  /** ARN of the nodes' instance profile, whose role the cluster accepts for nodes. A change updates the environment in place. */
  instanceProfileArn: pulumi.Input<string>;
  /**
   * The Kubernetes service account of pods whose job names none. It replaces the job role: allow it to read the videos
   * and write the outputs. Defaults to the namespace's `default` account.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
   */
  serviceAccountName?: string;
}
