import { setImmediate } from "node:timers/promises";

import { randomNumbers } from "./mutants";

/**
 * Lets several jobs get on one operation at a time, in an order by chance that is the same for the same seed. How long one
 * of them goes on while the others stand still is by chance too: from taking turns to hardly any.
 */
export class Turns {
  private readonly waiting: { job: string; go: () => void }[] = [];

  /** What a job awaits before each of its operations. */
  of(job: string): () => Promise<void> {
    return () => new Promise((go) => this.waiting.push({ job, go }));
  }

  /** Gives turns until everything has settled. */
  async until<T>(all: Promise<T>, seed: number): Promise<T> {
    const random = randomNumbers(seed);
    const patience = [0, 0.5, 0.9, 0.98][Math.floor(random() * 4)]!;
    let over = false;
    const settled = all.finally(() => (over = true));
    settled.catch(() => undefined);
    for (let last = ""; !over; await setImmediate()) {
      const same = this.waiting.findIndex(({ job }) => job === last);
      const next = same >= 0 && random() < patience ? same : Math.floor(random() * this.waiting.length);
      const [turn] = this.waiting.splice(next, 1);
      if (!turn) continue;
      last = turn.job;
      turn.go();
    }
    return settled;
  }
}
