import { isDeepStrictEqual } from "node:util";

import { segmentName } from "../../../contract/outputs";
import type { MovieFragments } from "../../fmp4/movie";
import type { SegmentRecord } from "../../output/record";
import type { IFrame } from "../hls/iframes";

/** A segment without the samples of its fragments. */
export type Segment = Omit<SegmentRecord, "fragments">;

/** Where the media of a fragment is in its segment. */
export interface MediaRange {
  offset: number;
  bytes: number;
}

/**
 * The segments of a track and their fragments, in columns. A day of video has ten thousands of each in every track, and packaging holds
 * those of all tracks; samples, which are a hundred times as many, are read again where they are needed.
 */
export class SegmentTable implements Iterable<Segment> {
  private readonly times: number[] = [];
  private readonly sizes: number[] = [];
  private readonly durations: number[] = [];
  /** The number of fragments up to the end of each segment. */
  private readonly ends: number[] = [];
  private readonly offsets: number[] = [];
  private readonly dataOffsets: number[] = [];
  private readonly firstSizes: number[] = [];
  private readonly shown: number[] = [];
  private readonly samples: number[] = [];
  private readonly bytes: number[] = [];
  private readonly ticks: number[] = [];

  /** @param mark The encode's, which the names contain. */
  constructor(private readonly mark: string) {}

  get length(): number {
    return this.times.length;
  }

  get fragments(): MovieFragments {
    return { samples: this.samples, bytes: this.bytes, ticks: this.ticks };
  }

  add({ time, bytes, duration, fragments }: SegmentRecord): void {
    for (const { offset, dataOffset, duration: shown, sizes, durations } of fragments) {
      this.offsets.push(offset);
      this.dataOffsets.push(dataOffset);
      this.firstSizes.push(sizes[0] ?? 0);
      this.shown.push(shown);
      this.samples.push(sizes.length);
      this.bytes.push(sizes.reduce((sum, size) => sum + size, 0));
      this.ticks.push(durations.reduce((sum, [count, value]) => sum + count * value, 0));
    }
    this.times.push(time);
    this.sizes.push(bytes);
    this.durations.push(duration);
    this.ends.push(this.offsets.length);
  }

  /** Whether a record still says the same of a segment. */
  describes(segment: number, record: SegmentRecord): boolean {
    const alone = new SegmentTable(this.mark);
    alone.add(record);
    return (
      isDeepStrictEqual(this.at(segment), alone.at(0)) && isDeepStrictEqual(this.mediaOf(segment), alone.mediaOf(0))
    );
  }

  /** The segment of a number. Absent after the last one. */
  at(segment: number): Segment | undefined {
    const time = this.times[segment];
    if (time === undefined) return undefined;
    return {
      name: segmentName(this.mark, time),
      time,
      bytes: this.sizes[segment] as number,
      duration: this.durations[segment] as number,
    };
  }

  *[Symbol.iterator](): Generator<Segment> {
    for (let segment = 0; segment < this.length; segment++) yield this.at(segment) as Segment;
  }

  /** The media of a segment's fragments. */
  mediaOf(segment: number): MediaRange[] {
    return this.fragmentsOf(segment).map((fragment) => ({
      offset: this.dataOffsets[fragment] as number,
      bytes: this.bytes[fragment] as number,
    }));
  }

  /** The first sample of each fragment, which in video is a keyframe, with the `moof` that describes it. */
  *keyframes(): Generator<IFrame> {
    for (let segment = 0; segment < this.length; segment++) {
      for (const fragment of this.fragmentsOf(segment)) {
        const offset = this.offsets[fragment] as number;
        yield {
          segment: segmentName(this.mark, this.times[segment] as number),
          offset,
          bytes: (this.dataOffsets[fragment] as number) - offset + (this.firstSizes[fragment] as number),
          duration: this.shown[fragment] as number,
        };
      }
    }
  }

  /** The numbers of a segment's fragments. */
  private fragmentsOf(segment: number): number[] {
    const first = this.ends[segment - 1] ?? 0;
    return Array.from({ length: (this.ends[segment] ?? first) - first }, (_, index) => first + index);
  }
}
