/** A Batch job queue. */
export interface Queue {
  /**
   * Name by which parts refer to the queue: 1 to 60 letters, digits, `-` or `_`, unique regardless of case. A new name
   * creates a new queue and deletes the old one.
   */
  name: string;
  /** Priority of the queue, 0 to 1,000: compute environments serve queues with higher numbers first. */
  priority: number;
  /**
   * Names of the compute environments that the queue's jobs run in, 1 to 3, in the order in which Batch tries them. They are
   * either all EC2 and Spot, all Fargate, or all in one EKS cluster, and have one architecture. Defaults to all environments.
   */
  environments?: string[];
  /** Accepts new jobs. A disabled queue still finishes the jobs that it has. Defaults to true. */
  enabled?: boolean;
  /**
   * Seconds that the queue's first job may wait while AWS has no capacity for it, 600 to 86,400. Batch then cancels it, and
   * its step fails with a notice. Defaults to `workflow.queueWaitSeconds`, limited to that range.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable_time_limit_actions.html
   */
  capacityWaitSeconds?: number;
  /**
   * Seconds that the queue's first job may wait although no environment can ever run it, 600 to 86,400. Batch then cancels
   * it, so that the next job can start. Defaults to 600.
   */
  misfitWaitSeconds?: number;
  /**
   * Cancels jobs that wait at the front of the queue for longer than `capacityWaitSeconds` or `misfitWaitSeconds`.
   * Defaults to true.
   */
  enableWaitLimits?: boolean;
  /**
   * Divides the machines among shares instead of running jobs in the order in which they arrive. Adding or removing it replaces the
   * queue. Defaults to none: first in, first out.
   */
  fairShare?: FairShare;
  /**
   * Name of the queue in AWS, 1 to 128 letters, digits, `-` or `_`. A change replaces the queue. Every other change that
   * replaces the queue must change this name too. Defaults to a generated name, so that the replacement can exist beside the
   * old queue.
   */
  jobQueueName?: string;
}

/**
 * Fair-share scheduling. An execution belongs to the share that its input names as `shareIdentifier`. Within a share, executions
 * with a higher `schedulingPriority`, 0 to 9,999, go first.
 */
export interface FairShare {
  /** The share of executions that name none: 1 to 255 letters and digits. */
  defaultShare: string;
  /** Shares with their own weight, at most 500. All others have the weight 1. Defaults to none. */
  shares?: Share[];
  /** Seconds of past usage that count for a share, 0 to 604,800. Recent usage counts most. 0 means 600. Defaults to 3,600. */
  decaySeconds?: number;
  /**
   * Percent of the vCPUs that are reserved for shares without jobs, 0 to 99, raised to the power of the number of active shares.
   * Defaults to 0.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/fair-share-scheduling-policies.html
   */
  reservationPercent?: number;
}

/** The weight of one or more shares. */
export interface Share {
  /**
   * Identifier of the share: 1 to 255 letters and digits, with `*` at the end for all shares that begin with them.
   * Identifiers must not overlap.
   */
  identifier: string;
  /** Weight of the share, 0.0001 to 999.9999. A share with half the weight gets twice the vCPUs. Defaults to 1. */
  weight?: number;
}

/** A stage of every rendition: some seconds of the video, encoded on one queue. */
export interface Part {
  /** Name of one of the pipeline's queues. */
  queue: string;
  /** Seconds of video in this part, 1 to 86,400. Required on every part but the last, which is the rest of the video. */
  seconds?: number;
}
