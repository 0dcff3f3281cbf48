/** A Batch job queue. */
export interface QueueArgs {
  /**
   * Name by which parts refer to the queue: 1 to 60 letters, digits, `-` or `_`, unique whatever the case. A new name makes a
   * new queue and removes the old one.
   */
  name: string;
  /** Which queue the compute environment serves first, 0 to 1,000: higher is earlier. */
  priority: number;
  /**
   * Name of the queue in AWS, 1 to 128 letters, digits, `-` or `_`. A change replaces the queue. Defaults to a generated one,
   * so that a replacement can exist beside the queue that it replaces.
   */
  jobQueueName?: string;
}

/** A stage of every rendition: some seconds of the video, encoded on a queue. */
export interface PartArgs {
  /** Name of one of the pipeline's queues. */
  queue: string;
  /** Seconds of video in this part, 1 to 86,400. Needed on every part but the last, which takes what is left. */
  seconds?: number;
}
