/** What a Batch account holds: the compute environments, queues and job definitions that jobs are scheduled with. */
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
  /** `EC2`, `SPOT`, `FARGATE` or `FARGATE_SPOT`. Absent on environments that don't say. */
  type?: string;
}

export interface JobQueue {
  arn: string;
  name: string;
  enabled: boolean;
  /** A higher number goes first. */
  priority: number;
  /** ARNs, in the order in which they are tried. */
  computeEnvironments: string[];
  /** Seconds that a job at the front may wait although no environment can ever run it. */
  misfitWaitSeconds?: number;
  /** Seconds that a job at the front may wait for machines that none of its environments can get. */
  capacityWaitSeconds?: number;
  /** Absent on queues that serve jobs in the order of their arrival. */
  fairShare?: FairSharePolicy;
}

export interface FairSharePolicy {
  decaySeconds: number;
  /** Percent of the vCPUs that are kept for shares without jobs. */
  reservationPercent: number;
  /** Identifiers may end with `*`. Shares that are not here have the weight 1. */
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
  /** Defaults for `Ref::name`. */
  parameters: Record<string, string>;
  retryStrategy: RetryStrategy;
  /** Seconds that an attempt may run. Without it an attempt may run for ever. */
  attemptTimeoutSeconds?: number;
}

export interface RetryStrategy {
  attempts: number;
  evaluateOnExit: ExitRule[];
}

/** All conditions of a rule must hold. Each is a glob whose only wildcard is a `*` at its end. */
export interface ExitRule {
  action: "RETRY" | "EXIT";
  onExitCode?: string;
  onReason?: string;
  onStatusReason?: string;
}
