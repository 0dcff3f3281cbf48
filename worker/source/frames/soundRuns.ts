/** Seconds without a packet after which sound counts as another run: more than any codec leaves out where it is silent. */
const PAUSE = 10;

/** A time without a long pause, in seconds. */
export interface Run {
  start: number;
  end: number;
}

/**
 * Notes when each stream has sound, as runs without a long pause. Broken timestamps make runs that have no part in the video: what
 * is far from the rest must not lengthen it.
 */
export class SoundRuns {
  private readonly streams = new Map<number, Run[]>();

  add(stream: number, start: number, seconds: number): void {
    const runs = this.streams.get(stream) ?? [];
    this.streams.set(stream, runs);
    const [run, end] = [runs.at(-1), start + seconds];
    if (run && start <= run.end + PAUSE && end >= run.start - PAUSE) {
      run.start = Math.min(run.start, start);
      run.end = Math.max(run.end, end);
    } else runs.push({ start, end });
  }

  /** When each stream ends. */
  get ends(): number[] {
    return [...this.streams.values()].map((runs) => Math.max(...runs.map(({ end }) => end)));
  }

  /** Extends a time by the runs of these streams that overlap it or come close. */
  extend({ start, end }: Run, streams: readonly number[]): Run {
    const runs = streams.flatMap((stream) => this.streams.get(stream) ?? []);
    const extended = { start, end };
    for (const run of runs.sort((a, b) => a.start - b.start)) {
      if (run.start <= extended.end + PAUSE) extended.end = Math.max(extended.end, run.end);
    }
    for (const run of runs.sort((a, b) => b.end - a.end)) {
      if (run.end >= extended.start - PAUSE) extended.start = Math.min(extended.start, run.start);
    }
    return extended;
  }
}
