import type * as pulumi from "@pulumi/pulumi";

/**
 * Sends events about every video to an EventBridge bus: `Video Planned`, `Video Playable`, `Video Published`, `Video Failed` and
 * `Video Rejected`, from the source `video-batch-pipeline`. Each is sent at least once, and a video never fails because an event can't be
 * sent. docs/events.md describes them.
 */
export interface Events {
  /**
   * Name of an existing bus in the pipeline's region and account, or the ARN of a bus in this region. The policy of another account's bus
   * needs the statement of the output `eventBusPolicy`. A change applies to the next execution and replaces nothing. Defaults to the
   * account's default bus.
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
   */
  busName?: pulumi.Input<string>;
  /** Creates a bus for the pipeline, which the key of `encryption` encrypts. Setting it to false deletes the bus. Not together with `busName`. Defaults to false. */
  enableBus?: boolean;
}
