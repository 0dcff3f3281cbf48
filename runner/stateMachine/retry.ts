import type { Retrier } from "../../contract/asl";
import { covers } from "./errors";

/** Counts the retries of one visit of a state: each retrier counts its own, as the language specifies. */
export class RetryCounter {
  readonly #used = new Map<Retrier, number>();
  #total = 0;

  constructor(
    private readonly retriers: readonly Retrier[],
    private readonly random: () => number,
  ) {}

  /** `$states.context.State.RetryCount`. */
  get total(): number {
    return this.#total;
  }

  /** Seconds until the next attempt; undefined when there is none. The first retrier that covers the error decides. */
  delayAfter(error: string | undefined): number | undefined {
    const retrier = this.retriers.find((candidate) => covers(candidate.ErrorEquals, error));
    if (!retrier) return undefined;
    const used = this.#used.get(retrier) ?? 0;
    if (used >= (retrier.MaxAttempts ?? 3)) return undefined;
    this.#used.set(retrier, used + 1);
    this.#total++;
    return delay(retrier, used, this.random);
  }
}

function delay(retrier: Retrier, earlierRetries: number, random: () => number): number {
  const backedOff = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** earlierRetries;
  const seconds = Math.min(backedOff, retrier.MaxDelaySeconds ?? Infinity);
  return retrier.JitterStrategy === "FULL" ? seconds * random() : seconds;
}
