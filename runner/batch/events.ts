import type { Attempt, JobIdentity, JobStatus } from "./job";

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
