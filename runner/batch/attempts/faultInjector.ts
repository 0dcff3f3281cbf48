import type { Clock } from "../../clock/clock";
import type { ComputeEnvironment } from "../api/configuration";
import type { JobIdentity } from "../../../contract/events";

/** Injects failures into jobs, to rehearse them. */
export interface FaultInjector {
  /** Whether neither this job nor the jobs behind it in its queue ever get a machine. */
  isStuck(job: JobIdentity): boolean;
  /** Watches a new attempt. The signal is aborted when the attempt has ended. */
  watch(attempt: WatchedAttempt, clock: Clock, signal: AbortSignal): Watch;
}

export interface WatchedAttempt {
  job: JobIdentity;
  /** Number of the attempt, from 1. */
  number: number;
  environment: ComputeEnvironment;
}

export interface Watch {
  /** Reports that the attempt is in the middle of its work. */
  reportUnderWay: () => void;
  /** Resolves when the attempt must end. Otherwise it never resolves. */
  interrupted: Promise<Interruption>;
}

export interface Interruption {
  by: "timeout" | "reclaim";
  /** Status reason of the interrupted attempt. */
  reason: string;
}

/** Seconds after which an attempt without progress counts as under way. */
const UNDER_WAY_SECONDS = 1;

/** Interrupts an attempt in the middle of its work, if `decide` returns an interruption at that moment. */
export function interruptUnderWay(decide: () => Interruption | undefined, clock: Clock, signal: AbortSignal): Watch {
  let reportUnderWay: () => void = () => undefined;
  const interrupted = new Promise<Interruption>((resolve) => {
    reportUnderWay = () => {
      const interruption = signal.aborted ? undefined : decide();
      if (interruption) resolve(interruption);
    };
  });
  clock.sleep(UNDER_WAY_SECONDS * 1000, signal).then(reportUnderWay, () => undefined);
  return { reportUnderWay, interrupted };
}
