/** Seconds without a packet after which sound counts as another run: more than any codec leaves out where it is silent. */
const PAUSE = 10;

/** Seconds of sound from which on a run is part of the video, however long the pause before it was: broken timestamps are those of single packets. */
const LASTING = 1;

/** A time without a long pause, in seconds. */
export interface Run {
  start: number;
  end: number;
}

interface CountedRun extends Run {
  packets: number;
  /** Seconds of sound in it. */
  heard: number;
}

/**
 * Notes when each stream has sound, as runs without a long pause. Broken timestamps make short runs that have no part in the video: where
 * they are far from the rest, they must not lengthen it.
 */
export class SoundRuns {
  private readonly streams = new Map<number, CountedRun[]>();

  add(stream: number, start: number, seconds: number): void {
    const runs = this.streams.get(stream) ?? [];
    this.streams.set(stream, runs);
    const [run, end] = [runs.at(-1), start + seconds];
    if (run && start <= run.end + PAUSE && end >= run.start - PAUSE) {
      run.start = Math.min(run.start, start);
      run.end = Math.max(run.end, end);
      run.packets += 1;
      run.heard += seconds;
    } else runs.push({ start, end, packets: 1, heard: seconds });
  }

  /** When each stream ends. */
  get ends(): number[] {
    return [...this.streams.values()].map((runs) => Math.max(...runs.map(({ end }) => end)));
  }

  /** Extends a time by the runs of these streams that overlap it or come close, or last. */
  extend({ start, end }: Run, streams: readonly number[]): Run {
    const runs = streams.flatMap((stream) => this.streams.get(stream) ?? []);
    const extended = { start, end };
    for (const run of runs.sort((a, b) => a.start - b.start)) {
      if (run.start <= extended.end + PAUSE || isLasting(run)) extended.end = Math.max(extended.end, run.end);
    }
    for (const run of runs.sort((a, b) => b.end - a.end)) {
      if (run.end >= extended.start - PAUSE || isLasting(run)) extended.start = Math.min(extended.start, run.start);
    }
    return extended;
  }
}

function isLasting({ start, end, packets, heard }: CountedRun): boolean {
  return packets > 1 && Math.min(heard, end - start) >= LASTING;
}
