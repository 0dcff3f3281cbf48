import type { Clock } from "../clock";
import type { ComputeEnvironment } from "./configuration";
import {
  interruptUnderWay,
  type Interference,
  type Interruption,
  type Watch,
  type WatchedAttempt,
} from "./interference";

const SPOT = ["SPOT", "FARGATE_SPOT"];

/**
 * Interrupts the first attempt that is under way, once, as EC2 does when it reclaims a Spot Instance. It prefers Spot environments:
 * only a program without any loses another machine.
 */
export class Reclaim implements Interference {
  #done = false;
  readonly #hasSpot: boolean;

  constructor(environments: readonly ComputeEnvironment[]) {
    this.#hasSpot = environments.some(isSpot);
  }

  holds(): boolean {
    return false;
  }

  watch({ environment }: WatchedAttempt, clock: Clock, signal: AbortSignal): Watch {
    const mayBeTaken = (): boolean => !this.#done && (!this.#hasSpot || isSpot(environment));
    return interruptUnderWay(
      () => {
        if (!mayBeTaken()) return undefined;
        this.#done = true;
        return reclaimed(environment);
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
export function reclaimed({ type = "" }: ComputeEnvironment): Interruption {
  const reason = type.startsWith("FARGATE")
    ? "Your Spot Task was interrupted."
    : "Host EC2 (instance i-00000000000000000) terminated.";
  return { by: "reclaim", reason };
}
