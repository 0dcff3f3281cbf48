/** A Batch job queue. */
export interface Queue {
  /**
   * Name by which parts refer to the queue: 1 to 60 letters, digits, `-` or `_`, unique whatever the case. A new name makes a
   * new queue and removes the old one.
   */
  name: string;
  /** Which queue a compute environment serves first, 0 to 1,000: higher is earlier. */
  priority: number;
  /**
   * Names of the compute environments that the queue's jobs run in, 1 to 3, in the order in which Batch tries them. They are
   * all EC2 and Spot, all Fargate, or all of one EKS cluster, and of one architecture. Defaults to all environments.
   */
  environments?: string[];
  /** Accepts new jobs. A queue that doesn't still finishes the jobs it has. Defaults to true. */
  enabled?: boolean;
  /**
   * Seconds that the first job of the queue may wait while AWS has no capacity for it, 600 to 86,400, before it is cancelled and
   * its step fails with a notice. Defaults to `workflow.queueWaitSeconds`, limited to that range.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable_time_limit_actions.html
   */
  capacityWaitSeconds?: number;
  /**
   * Seconds that the first job of the queue may wait although no environment can ever run it, 600 to 86,400, before it is
   * cancelled and makes way for the next job. Defaults to 600.
   */
  misfitWaitSeconds?: number;
  /** Cancels jobs that wait too long at the front of the queue, as the two settings above say. Defaults to true. */
  enableWaitLimits?: boolean;
  /**
   * Divides the machines among shares instead of running jobs in the order in which they arrive. Adding or removing it replaces the
   * queue. Defaults to none: first in, first out.
   */
  fairShare?: FairShare;
  /**
   * Name of the queue in AWS, 1 to 128 letters, digits, `-` or `_`. A change replaces the queue, and has to come with every other
   * change that does. Defaults to a generated one, so that a replacement can exist beside the queue that it replaces.
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
  /** Shares with their own weight, at most 500. Any other share has the weight 1. Defaults to none. */
  shares?: Share[];
  /**
   * Seconds of past usage that count for a share, 0 to 604,800, the most recent counting most. 0 means 600.
   * Defaults to 3,600.
   */
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
  /** Identifier of the share: 1 to 255 letters and digits, with `*` at the end for all shares that begin so. They must not overlap. */
  identifier: string;
  /** 0.0001 to 999.9999; a share with half the weight gets twice the vCPUs. Defaults to 1. */
  weight?: number;
}

/** A stage of every rendition: some seconds of the video, encoded on one queue. */
export interface Part {
  /** Name of one of the pipeline's queues. */
  queue: string;
  /** Seconds of video in this part, 1 to 86,400. Needed on every part but the last, which takes what is left. */
  seconds?: number;
}
