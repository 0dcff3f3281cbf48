import type { BatchEvent } from "./batch/events";
import type { Notification } from "./integrations/sns";
import type { StateMachineEvent, StateVisit } from "./stateMachine/events";

/** Everything that happens in a run, in order: for a progress display and for the record. */
export type PipelineEvent =
  | StateMachineEvent
  | BatchEvent
  /** Connects a job with the state that submitted it. Comes after the job's own `jobSubmitted`. */
  | { type: "taskSubmitted"; time: number; visit: StateVisit; jobId: string }
  | { type: "notificationPublished"; time: number; notification: Notification };
