import type { PipelineEvent } from "../../runner/events";

/** Shows a run while it goes on. */
export interface Progress {
  show(event: PipelineEvent): void;
  stop(): void;
}
