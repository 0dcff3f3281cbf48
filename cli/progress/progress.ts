import type { PipelineEvent } from "../../contract/events";
import type { Run } from "../../contract/run";

/** Shows the progress of a run. */
export interface Progress {
  /** `run` is the record after the event. */
  show(event: PipelineEvent, run: Run): void;
  stop(): void;
}
