/** Reads exactly this range, or throws. */
export type ReadRange = (start: number, length: number) => Promise<Buffer>;

/** Windows begin at multiples of the smallest, and double up to the largest while they are read one after another. */
const SMALLEST = 256 * 1024;
const LARGEST = 8 * 1024 * 1024;

/** Bytes: for two programs that read at different places, the window that each is reading and the next one. */
const KEPT = 4 * LARGEST;

interface Window {
  start: number;
  length: number;
  /** Whether what precedes it was read before it. */
  continues: boolean;
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
    if (window.continues && end < this.bytes) this.at(end).bytes.catch(() => undefined);
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
    const wanted = before ? Math.min(2 * before.length, LARGEST) : SMALLEST;
    const next = Math.min(this.bytes, ...[...this.kept].map((one) => one.start).filter((other) => other > start));
    const length = Math.min(wanted, next - start);
    const bytes = this.readRange(start, length);
    const window: Window = { start, length, continues: before !== undefined, bytes, complete: false };
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
