import type * as pulumi from "@pulumi/pulumi";

/**
 * Sends events about every video to an EventBridge bus: `Video Planned`, `Video Playable`, `Video Published`, `Video Failed` and
 * `Video Rejected`, from the source `video-batch-pipeline`. Each is sent at least once, and a video never fails because an event could not
 * be sent. docs/events.md describes them.
 */
export interface Events {
  /**
   * Name of an existing bus in the pipeline's region and account, or the ARN of one in the pipeline's region, which may be another
   * account's: its policy then needs the statement of the output `eventBusPolicy`. A change applies to the next execution and replaces
   * nothing. Defaults to the account's default bus.
   */
  busName?: pulumi.Input<string>;
  /** Makes a bus for the pipeline, which the key of `encryption` encrypts. Not together with `busName`. Defaults to false. */
  enableBus?: boolean;
}
