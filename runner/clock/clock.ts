/**
 * The runner's source of time: real time for a run, virtual time for an estimate or a test. All scheduling uses it instead of
 * `Date.now` or `setTimeout`, so the same code runs with both.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`. Rejects with the signal's reason as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Waits for what takes real time, such as a request. Virtual time stands still meanwhile. */
  during<T>(work: Promise<T>): Promise<T>;
}

/** For a sleep whose end doesn't matter once its signal is aborted. Any other error is thrown. */
export function ifAborted<T>(signal: AbortSignal, value: T): (error: unknown) => T {
  return (error) => {
    if (!signal.aborted) throw error;
    return value;
  };
}

/** `setTimeout` fires immediately for delays above this limit of 24.8 days. */
const MAX_TIMEOUT = 2 ** 31 - 1;

export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const end = this.now() + milliseconds;
    do {
      await timeout(Math.min(Math.max(end - this.now(), 0), MAX_TIMEOUT), signal);
    } while (this.now() < end);
  }

  during<T>(work: Promise<T>): Promise<T> {
    return work;
  }
}

function timeout(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason as Error);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

interface Timer {
  time: number;
  /** Timers of the same time fire in the order in which they were set. */
  order: number;
  fire: () => void;
  cancelled: boolean;
}

/**
 * Virtual time, which advances only when nothing else can run: once all promises have settled, the clock jumps to the
 * earliest timer. Runs are deterministic and take only the time of their computations. The clock waits for real I/O only with
 * `during`. Other code under it must read files synchronously, and launch scripted jobs instead of processes.
 */
export class VirtualClock implements Clock {
  readonly #timers = new TimerHeap();
  #now: number;
  #order = 0;
  #scheduled = false;
  /** What currently takes real time. */
  #pending = 0;

  constructor(start = 0) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const timer: Timer = {
        time: this.#now + Math.max(milliseconds, 0),
        order: this.#order++,
        cancelled: false,
        fire: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      const onAbort = (): void => {
        timer.cancelled = true;
        reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#timers.push(timer);
      this.#schedule();
    });
  }

  async during<T>(work: Promise<T>): Promise<T> {
    this.#pending += 1;
    try {
      return await work;
    } finally {
      this.#pending -= 1;
      this.#schedule();
    }
  }

  /** `setImmediate` runs after all microtasks, and therefore after everything that a fired timer triggered. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#advance();
    });
  }

  #advance(): void {
    if (this.#pending > 0) return;
    let timer = this.#timers.pop();
    while (timer?.cancelled) timer = this.#timers.pop();
    if (!timer) return;
    this.#now = timer.time;
    timer.fire();
    if (this.#timers.size > 0) this.#schedule();
  }
}

/** A binary heap with the earliest timer first. */
class TimerHeap {
  readonly #items: Timer[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(timer: Timer): void {
    const items = this.#items;
    let at = items.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isEarlier(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): Timer | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!first || !last || items.length === 0) return first;
    items[0] = last;
    let at = 0;
    for (;;) {
      let earliest = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < items.length && this.#isEarlier(child, earliest)) earliest = child;
      }
      if (earliest === at) return first;
      this.#swap(at, earliest);
      at = earliest;
    }
  }

  #isEarlier(a: number, b: number): boolean {
    const [first, second] = [this.#items[a] as Timer, this.#items[b] as Timer];
    return first.time < second.time || (first.time === second.time && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    [this.#items[a], this.#items[b]] = [this.#items[b] as Timer, this.#items[a] as Timer];
  }
}
