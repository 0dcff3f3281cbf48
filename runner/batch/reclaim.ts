import type { Clock } from "../clock";
import type { ComputeEnvironment } from "./configuration";

/** Seconds that an attempt without any progress keeps its machine. */
const LATEST_SECONDS = 1;

const SPOT = ["SPOT", "FARGATE_SPOT"];

/**
 * Takes a machine away from the first attempt that is under way, once, as EC2 does with Spot Instances. Only machines of Spot
 * capacity are taken; a program without any loses another one.
 */
export class Reclaim {
  #done = false;
  readonly #hasSpot: boolean;

  constructor(environments: readonly ComputeEnvironment[]) {
    this.#hasSpot = environments.some(isSpot);
  }

  /** Resolves with the status reason of the attempt when its machine is taken, and never if it isn't. */
  watch(environment: ComputeEnvironment, clock: Clock, signal: AbortSignal): Watched {
    const never = { madeProgress: () => undefined, taken: new Promise<never>(() => undefined) };
    if (this.#done || (this.#hasSpot && !isSpot(environment))) return never;
    let madeProgress: () => void = () => undefined;
    const taken = new Promise<string>((resolve) => {
      madeProgress = () => {
        if (this.#done || signal.aborted) return;
        this.#done = true;
        resolve(reasonOf(environment));
      };
    });
    clock.sleep(LATEST_SECONDS * 1000, signal).then(madeProgress, () => undefined);
    return { madeProgress, taken };
  }
}

export interface Watched {
  madeProgress: () => void;
  taken: Promise<string>;
}

function isSpot({ type = "" }: ComputeEnvironment): boolean {
  return SPOT.includes(type);
}

/** What exit rules look at. */
function reasonOf({ type = "" }: ComputeEnvironment): string {
  return type.startsWith("FARGATE")
    ? "Your Spot Task was interrupted."
    : "Host EC2 (instance i-00000000000000000) terminated.";
}
