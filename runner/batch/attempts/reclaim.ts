import type { Clock } from "../../clock/clock";
import type { ComputeEnvironment } from "../api/configuration";
import {
  interruptUnderWay,
  type FaultInjector,
  type Interruption,
  type Watch,
  type WatchedAttempt,
} from "./faultInjector";

const SPOT = ["SPOT", "FARGATE_SPOT"];

/**
 * Interrupts the first attempt that is under way, once, as EC2 does when it reclaims a Spot Instance. It prefers Spot environments:
 * only a program without any loses another machine.
 */
export class SpotReclaim implements FaultInjector {
  #done = false;
  readonly #hasSpot: boolean;

  constructor(environments: readonly ComputeEnvironment[]) {
    this.#hasSpot = environments.some(isSpot);
  }

  /** Whether a job has lost its machine. */
  get hasHappened(): boolean {
    return this.#done;
  }

  isStuck(): boolean {
    return false;
  }

  watch({ environment }: WatchedAttempt, clock: Clock, signal: AbortSignal): Watch {
    const mayBeTaken = (): boolean => !this.#done && (!this.#hasSpot || isSpot(environment));
    return interruptUnderWay(
      () => {
        if (!mayBeTaken()) return undefined;
        this.#done = true;
        return reclaimInterruption(environment);
      },
      clock,
      signal,
    );
  }
}

function isSpot({ type = "" }: ComputeEnvironment): boolean {
  return SPOT.includes(type);
}

/** An interruption with the status reason that exit rules check. */
export function reclaimInterruption({ type = "" }: ComputeEnvironment): Interruption {
  const reason = type.startsWith("FARGATE")
    ? "Your Spot Task was interrupted."
    : "Host EC2 (instance i-00000000000000000) terminated.";
  return { by: "reclaim", reason };
}
