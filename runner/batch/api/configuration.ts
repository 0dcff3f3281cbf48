/** The compute environments, queues and job definitions of a Batch account. */
export interface BatchConfiguration {
  computeEnvironments: ComputeEnvironment[];
  queues: JobQueue[];
  jobDefinitions: JobDefinition[];
}

export interface ComputeEnvironment {
  arn: string;
  name: string;
  enabled: boolean;
  maxVcpus: number;
  /** `EC2`, `SPOT`, `FARGATE` or `FARGATE_SPOT`. Absent if the program does not set it. */
  type?: string;
}

export interface JobQueue {
  arn: string;
  name: string;
  enabled: boolean;
  /** Queues with a higher number go first. */
  priority: number;
  /** ARNs in the order in which Batch tries them. */
  computeEnvironments: string[];
  /** Seconds that the job at the head can wait if no environment can ever run it. */
  misfitWaitSeconds?: number;
  /** Seconds that the job at the head can wait if no environment has capacity. */
  capacityWaitSeconds?: number;
  /** Absent on queues that run jobs in order of arrival. */
  fairShare?: FairSharePolicy;
}

export interface FairSharePolicy {
  decaySeconds: number;
  /** Percentage of vCPUs to reserve for shares without jobs. */
  reservationPercent: number;
  /** Weights of shares. Identifiers can end with `*`. Other shares have the weight 1. */
  weights: { identifier: string; weight: number }[];
}

export interface JobDefinition {
  arn: string;
  name: string;
  revision: number;
  image: string;
  command: string[];
  environment: Record<string, string>;
  vcpus: number;
  memoryMiB: number;
  /** Default values of `Ref::name`. */
  parameters: Record<string, string>;
  retryStrategy: RetryStrategy;
  /** Maximum seconds of an attempt. Absent if there is no limit. */
  attemptTimeoutSeconds?: number;
}

export interface RetryStrategy {
  attempts: number;
  evaluateOnExit: ExitRule[];
}

/** All conditions of a rule must match. Each is a glob that can only have `*` at its end. */
export interface ExitRule {
  action: "RETRY" | "EXIT";
  onExitCode?: string;
  onReason?: string;
  onStatusReason?: string;
}
