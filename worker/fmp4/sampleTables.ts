import { CountedNumbers, type Numbers, NumberTable } from "./numberTable";

/** A number of samples, and the value that they share. */
export type Run = [count: number, value: number];

/** The samples that one `moof` describes; for video one GOP, beginning with its keyframe. */
export interface MovieFragment {
  /** Bytes of each sample, in decoding order. */
  sizes: readonly number[];
  /** How long samples last in decoding, in ticks. */
  durations: readonly Run[];
  /** Shown time minus decoding time, in ticks. */
  compositions: readonly Run[];
}

/** How many numbers the tables of a track have. A run has two. */
export interface TableCounts {
  sizes: number;
  durations: number;
  compositions: number;
}

/** Sizes, durations and shown times of a track's samples as an index lists them (ISO/IEC 14496-12, 8.6 and 8.7). */
export class SampleTables<N extends Numbers = NumberTable> {
  readonly sizes: N;
  readonly durations: N;
  readonly compositions: N;
  private readonly durationRuns: RunJoiner;
  private readonly compositionRuns: RunJoiner;

  private constructor(numbers: () => N) {
    [this.sizes, this.durations, this.compositions] = [numbers(), numbers(), numbers()];
    this.durationRuns = new RunJoiner(this.durations);
    this.compositionRuns = new RunJoiner(this.compositions);
  }

  /** Only counts the numbers, so that the length of an index is known before it is written. */
  static counted(): SampleTables<CountedNumbers> {
    return new SampleTables(() => new CountedNumbers());
  }

  static stored(): SampleTables {
    return new SampleTables(() => new NumberTable());
  }

  /** Takes the fragments of a track one after another. */
  add({ sizes, durations, compositions }: MovieFragment): void {
    for (const size of sizes) this.sizes.push(size);
    for (const [count, value] of durations) this.durationRuns.add(count, value);
    for (const [count, value] of compositions) this.compositionRuns.add(count, value);
  }

  /** @param duration How long the track is shown, in ticks. Its last sample lasts until then. */
  finish(duration: number): void {
    this.durationRuns.extendTo(duration);
    this.durationRuns.finish();
    this.compositionRuns.finish();
  }

  get counts(): TableCounts {
    return { sizes: this.sizes.count, durations: this.durations.count, compositions: this.compositions.count };
  }
}

/** Joins runs of the same value. Holds two of them back, because the end of a track changes the last one. */
class RunJoiner {
  private before: Run | undefined;
  private last: Run | undefined;
  private sum = 0;

  constructor(private readonly numbers: Numbers) {}

  add(count: number, value: number): void {
    this.sum += count * value;
    if (this.last?.[1] === value) {
      this.last[0] += count;
      return;
    }
    this.write(this.before);
    this.before = this.last;
    this.last = [count, value];
  }

  /** Makes the last sample longer so that the sum of all values is at least this. */
  extendTo(sum: number): void {
    const missing = sum - this.sum;
    if (!this.last || missing <= 0) return;
    const [, value] = this.last;
    this.last[0] -= 1;
    this.sum -= value;
    if (this.last[0] === 0) [this.before, this.last] = [undefined, this.before];
    this.add(1, value + missing);
  }

  finish(): void {
    this.write(this.before);
    this.write(this.last);
    this.before = this.last = undefined;
  }

  private write(run: Run | undefined): void {
    run?.forEach((number) => this.numbers.push(number));
  }
}
