/** A Batch job queue. */
export interface QueueArgs {
  /**
   * Name by which parts refer to the queue: 1 to 60 letters, digits, `-` or `_`, unique whatever the case. A new name makes a
   * new queue and removes the old one.
   */
  name: string;
  /** Which queue a compute environment serves first, 0 to 1,000: higher is earlier. */
  priority: number;
  /**
   * Names of the compute environments that the queue's jobs run in, 1 to 3, in the order in which they are tried. They are
   * all EC2 and Spot, all Fargate, or all of one EKS cluster, and of one architecture. Defaults to all environments.
   */
  environments?: string[];
  /** Takes new jobs. A queue that doesn't still finishes the jobs it has. Defaults to true. */
  enabled?: boolean;
  /**
   * Seconds that the first job of the queue may wait for machines that AWS hasn't got, 600 to 86,400, before it is cancelled and
   * its step fails with a notice. Defaults to `workflow.queueWaitSeconds`, held to that range.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable_time_limit_actions.html
   */
  capacityWaitSeconds?: number;
  /**
   * Seconds that the first job of the queue may wait although no environment can ever run it, 600 to 86,400, before it is
   * cancelled and makes way for the next. Defaults to 600.
   */
  misfitWaitSeconds?: number;
  /** Cancels jobs that wait too long in front of the queue, as the two settings above say. Defaults to true. */
  enableWaitLimits?: boolean;
  /**
   * Divides the machines among shares instead of serving jobs in the order of their arrival. Adding or removing it replaces the
   * queue. Defaults to none: first in, first out.
   */
  fairShare?: FairShareArgs;
  /**
   * Name of the queue in AWS, 1 to 128 letters, digits, `-` or `_`. A change replaces the queue. Defaults to a generated one,
   * so that a replacement can exist beside the queue that it replaces.
   */
  jobQueueName?: string;
}

/**
 * Fair-share scheduling. An execution belongs to the share that its input names as `shareIdentifier`, and goes before others of
 * that share by its `schedulingPriority`, 0 to 9,999.
 */
export interface FairShareArgs {
  /** Share of executions that don't name one: 1 to 255 letters and digits. */
  defaultShare: string;
  /** Shares with a weight of their own, at most 500. Any other share has the weight 1. Defaults to none. */
  shares?: ShareArgs[];
  /**
   * Seconds of the past that count for what a share has had, 0 to 604,800, the latest counting most. 0 stands for 600.
   * Defaults to 3,600.
   */
  decaySeconds?: number;
  /**
   * Percent of the vCPUs that are kept for shares without jobs, 0 to 99, raised to the power of the number of active shares.
   * Defaults to 0.
   * @see https://docs.aws.amazon.com/batch/latest/userguide/fair-share-scheduling-policies.html
   */
  reservationPercent?: number;
}

/** How much a share gets. */
export interface ShareArgs {
  /** Identifier of the share: 1 to 255 letters and digits, and `*` at the end for all that begin like this. They may not overlap. */
  identifier: string;
  /** 0.0001 to 999.9999; a share of half the weight gets twice the vCPUs. Defaults to 1. */
  weight?: number;
}

/** A stage of every rendition: some seconds of the video, encoded on a queue. */
export interface PartArgs {
  /** Name of one of the pipeline's queues. */
  queue: string;
  /** Seconds of video in this part, 1 to 86,400. Needed on every part but the last, which takes what is left. */
  seconds?: number;
}
