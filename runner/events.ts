import type { BatchEvent } from "./batch/events";
import type { JobIdentity } from "./batch/job";
import type { Notification } from "./integrations/sns";
import type { StateMachineEvent, StateVisit } from "./stateMachine/events";

/** Everything that happens in a run, in order: for a progress display and for the record. */
export type PipelineEvent =
  | StateMachineEvent
  | BatchEvent
  /** Connects a job with the state that submitted it. Comes after the job's own `jobSubmitted`. */
  | { type: "taskSubmitted"; time: number; visit: StateVisit; jobId: string }
  /** What a failed attempt said last. Comes after its `attemptEnded`. */
  | { type: "attemptLogTail"; time: number; job: JobIdentity; attempt: number; lines: string[] }
  | { type: "notificationPublished"; time: number; notification: Notification };
