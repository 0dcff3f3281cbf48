import type { Json, JsonObject } from "./asl";

/** One pass through a state. A state that runs twice, in a loop or for two items of a Map, has two visits. */
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

/** One attempt, as it is known when it has ended. */
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
}

/** Times are the clock's, in milliseconds since the epoch. */
export type BatchEvent =
  | { type: "jobSubmitted"; time: number; job: JobIdentity }
  /** The job is larger than every compute environment of its queue: it and all behind it wait for ever. */
  | { type: "jobStuck"; time: number; job: JobIdentity; message: string }
  | { type: "attemptStarting"; time: number; job: JobIdentity; attempt: number; computeEnvironment: string }
  | { type: "attemptRunning"; time: number; job: JobIdentity; attempt: number; log?: string }
  | { type: "attemptProgress"; time: number; job: JobIdentity; attempt: number; percent: number }
  /** What is done of the rendition can be played from now on, while the rest is made. */
  | { type: "renditionPlayable"; time: number; job: JobIdentity; rendition: string }
  | { type: "attemptEnded"; time: number; job: JobIdentity; attempt: Attempt; succeeded: boolean; retried: boolean }
  | { type: "jobEnded"; time: number; job: JobIdentity; status: JobStatus; statusReason?: string };

/** A message that would have been published. */
export interface Notification {
  time: number;
  /** ARN of the topic. */
  topic: string;
  subject?: string;
  /** What programs get: of a message that differs by protocol, the default. */
  message: string;
  /** What those get who are told by e-mail, where that is something else. */
  email?: string;
  attributes: JsonObject;
}

/** Everything that happens in a run, in order: for a progress display and for the record. */
export type PipelineEvent =
  | StateMachineEvent
  | BatchEvent
  /** Connects a job with the state that submitted it. Comes after the job's own `jobSubmitted`. */
  | { type: "taskSubmitted"; time: number; visit: StateVisit; jobId: string }
  /** What a failed attempt said last. Comes after its `attemptEnded`. */
  | { type: "attemptLogTail"; time: number; job: JobIdentity; attempt: number; lines: string[] }
  | { type: "notificationPublished"; time: number; notification: Notification };
