import type { Clock } from "../clock";
import type { ComputeEnvironment } from "./configuration";
import type { JobIdentity } from "../../contract/events";

/** What comes between jobs and their ends from outside, when something is rehearsed. */
export interface Interference {
  /** Whether no machine ever comes for this job, nor for those behind it in its queue. */
  holds(job: JobIdentity): boolean;
  /** Watches an attempt that begins. The signal is aborted when it has ended. */
  watch(attempt: WatchedAttempt, clock: Clock, signal: AbortSignal): Watch;
}

export interface WatchedAttempt {
  job: JobIdentity;
  /** From 1. */
  number: number;
  environment: ComputeEnvironment;
}

export interface Watch {
  /** The attempt is in the middle of its work. */
  underWay: () => void;
  /** Resolves when the attempt has to end, and never if it doesn't. */
  interrupted: Promise<Interruption>;
}

export interface Interruption {
  by: "timeout" | "reclaim";
  /** Status reason of the attempt. */
  reason: string;
}

/** Seconds after which an attempt without any progress counts as under way. */
const LATEST_SECONDS = 1;

/** Interrupts an attempt in the middle of its work, if the answer to the question at that moment is yes. */
export function interruptUnderWay(ask: () => Interruption | undefined, clock: Clock, signal: AbortSignal): Watch {
  let underWay: () => void = () => undefined;
  const interrupted = new Promise<Interruption>((resolve) => {
    underWay = () => {
      const interruption = signal.aborted ? undefined : ask();
      if (interruption) resolve(interruption);
    };
  });
  clock.sleep(LATEST_SECONDS * 1000, signal).then(underWay, () => undefined);
  return { underWay, interrupted };
}
