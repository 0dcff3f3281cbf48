import type { ReadRange } from "../../storage/readRange";

/** Bytes. Windows begin at multiples of the smallest. */
const SMALLEST = 256 * 1024;
const LARGEST = 8 * 1024 * 1024;

/**
 * The share of what was read in one run that the next window has. The system takes some 4 MiB for a connection before its reader takes
 * anything, so that growing faster would make a look at a file's head expensive.
 */
const GROWTH = 1 / 4;

/** Bytes: for two programs that read at different places, the window that each is reading and the next one. */
const KEPT = 4 * LARGEST;

interface Window {
  start: number;
  length: number;
  /** How many bytes before it were read in one run. */
  run: number;
  bytes: Promise<Buffer>;
  complete: boolean;
}

/**
 * Reads a source in windows, each to its end before anything of it is passed on, so that a slow reader never leaves a body of S3 open.
 * The last windows are kept for everyone who reads the source: ffmpeg opens a connection for every seek, and often returns to where it was.
 */
export class Windows {
  /** Those used last come last. */
  private readonly kept = new Set<Window>();

  constructor(
    private readonly bytes: number,
    private readonly readRange: ReadRange,
  ) {}

  /** Reads from a position to the end of its window. */
  async readFrom(position: number): Promise<Buffer> {
    const window = this.at(position);
    const end = window.start + window.length;
    // Whoever reads on wants the next one too. Two requests at a time make up for the time until S3 begins to answer.
    // eslint-disable-next-line no-restricted-syntax -- nobody waits for it yet: whoever needs it asks again, and gets the error
    if (window.run > 0 && end < this.bytes) this.at(end).bytes.catch(() => undefined);
    return (await window.bytes).subarray(position - window.start);
  }

  private at(position: number): Window {
    const window = this.find(position) ?? this.open(position);
    this.kept.delete(window);
    this.kept.add(window);
    return window;
  }

  private find(position: number): Window | undefined {
    for (const window of this.kept) {
      if (window.start <= position && position < window.start + window.length) return window;
    }
    return undefined;
  }

  private open(position: number): Window {
    const start = position - (position % SMALLEST);
    const before = this.find(start - 1);
    const run = before ? before.run + before.length : 0;
    const next = Math.min(this.bytes, ...[...this.kept].map((one) => one.start).filter((other) => other > start));
    const length = Math.min(lengthAfter(run), next - start);
    const bytes = this.readRange(start, length);
    const window: Window = { start, length, run, bytes, complete: false };
    bytes.then(
      () => {
        window.complete = true;
        this.forgetOldest();
      },
      // Whoever asks again may be luckier.
      () => this.kept.delete(window),
    );
    return window;
  }

  private forgetOldest(): void {
    let total = [...this.kept].reduce((sum, { length }) => sum + length, 0);
    for (const window of this.kept) {
      if (total <= KEPT) return;
      if (!window.complete) continue;
      this.kept.delete(window);
      total -= window.length;
    }
  }
}

/** Doubles now and then, from the smallest to the largest. */
function lengthAfter(run: number): number {
  let length = SMALLEST;
  while (length < LARGEST && 2 * length <= run * GROWTH) length *= 2;
  return length;
}
