import type { Json, JsonObject } from "./asl";

/** One pass through a state. A state that runs twice, in a loop or for two items of a Map, is visited twice. */
export interface StateVisit {
  id: number;
  state: string;
  type: string;
  /** The states around it with their branch or item, outermost first: `["Process Video[1]", "Transcode Video[0]"]`. */
  path: string[];
}

export type ExecutionStatus = "SUCCEEDED" | "FAILED" | "ABORTED" | "TIMED_OUT";

export type StateOutcome = "succeeded" | "caught" | "failed" | "cancelled";

/** Times are the clock's, in milliseconds since the epoch. */
export type StateMachineEvent =
  | { type: "executionStarted"; time: number; id: string; input: Json }
  | { type: "stateEntered"; time: number; visit: StateVisit; input: Json }
  | { type: "stateRetried"; time: number; visit: StateVisit; error?: string; cause?: string; delaySeconds: number }
  | {
      type: "stateExited";
      time: number;
      visit: StateVisit;
      outcome: StateOutcome;
      output?: Json;
      error?: string;
      cause?: string;
      next?: string;
    }
  | {
      type: "executionEnded";
      time: number;
      status: ExecutionStatus;
      output?: Json;
      error?: string;
      cause?: string;
    };

export type JobStatus = "SUBMITTED" | "RUNNABLE" | "STARTING" | "RUNNING" | "SUCCEEDED" | "FAILED";

/** How events name a job. */
export interface JobIdentity {
  id: string;
  name: string;
  /** Name of the queue. */
  queue: string;
  /** Name of the job definition. */
  definition: string;
  vcpus: number;
  parentId?: string;
  arrayIndex?: number;
  /** Number of children, of an array job. */
  arraySize?: number;
}

/** One attempt of a job, once it has ended. */
export interface Attempt {
  number: number;
  environment: string;
  startedAt?: number;
  stoppedAt: number;
  exitCode?: number;
  reason?: string;
  statusReason: string;
  log?: string;
  lastErrorLine?: string;
  /** Peak memory of all its processes together. Absent in AWS, and where it can't be measured. */
  peakMemoryMiB?: number;
  /** What the job would have in AWS. Comes with `peakMemoryMiB`. */
  memoryMiB?: number;
}

/** Times are the clock's, in milliseconds since the epoch. */
export type BatchEvent =
  | { type: "jobSubmitted"; time: number; job: JobIdentity }
  /**
   * A job at the front of its queue cannot start: it fits in no compute environment, or none that it fits in has
   * capacity.
   */
  | { type: "jobStuck"; time: number; job: JobIdentity; message: string }
  | { type: "attemptStarting"; time: number; job: JobIdentity; attempt: number; computeEnvironment: string }
  | { type: "attemptRunning"; time: number; job: JobIdentity; attempt: number; log?: string }
  | { type: "attemptProgress"; time: number; job: JobIdentity; attempt: number; percent: number }
  /** The rendition has become playable, as far as it is finished. */
  | { type: "renditionPlayable"; time: number; job: JobIdentity; rendition: string }
  /** The job has sent an event to a bus. */
  | { type: "eventSent"; time: number; job: JobIdentity; event: SentEvent }
  | { type: "attemptEnded"; time: number; job: JobIdentity; attempt: Attempt; succeeded: boolean; retried: boolean }
  | { type: "jobEnded"; time: number; job: JobIdentity; status: JobStatus; statusReason?: string };

/** A message that the state machine published. */
export interface Notification {
  time: number;
  /** ARN of the topic. */
  topic: string;
  subject?: string;
  /** The message for programs: the default of a message that differs by protocol. */
  message: string;
  /** The message for e-mail, if it differs. */
  email?: string;
  attributes: JsonObject;
}

/** An event on a bus of EventBridge, from the state machine or a job. */
export interface SentEvent {
  time: number;
  /** Name or ARN of the bus. */
  bus: string;
  source: string;
  detailType: string;
  detail: JsonObject;
  /** ARNs of what the event is about. */
  resources: string[];
}

/** Everything that happens in a run, in order: for a progress display and for the record. */
export type PipelineEvent =
  | StateMachineEvent
  | BatchEvent
  /** Connects a job with the state that submitted it. Comes after the job's own `jobSubmitted`. */
  | { type: "taskSubmitted"; time: number; visit: StateVisit; jobId: string }
  /** The last lines of a failed attempt's log. Comes after its `attemptEnded`. */
  | { type: "attemptLogTail"; time: number; job: JobIdentity; attempt: number; lines: string[] }
  | { type: "notificationPublished"; time: number; notification: Notification }
  /** The state machine has sent an event to a bus. */
  | { type: "eventSent"; time: number; event: SentEvent };
