import type { PipelineEvent } from "../../contract/events";
import type { Run } from "../../contract/run";

/** Shows a run while it goes on. */
export interface Progress {
  /** With the run as it is after the event. */
  show(event: PipelineEvent, run: Run): void;
  stop(): void;
}
