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
 * Takes a machine away from the first attempt that is under way, once, as EC2 does with Spot Instances. Only machines of Spot
 * capacity are taken; a program without any loses another one.
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

/** What exit rules look at. */
export function reclaimed({ type = "" }: ComputeEnvironment): Interruption {
  const reason = type.startsWith("FARGATE")
    ? "Your Spot Task was interrupted."
    : "Host EC2 (instance i-00000000000000000) terminated.";
  return { by: "reclaim", reason };
}
