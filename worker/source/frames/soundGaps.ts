import type { ListedPacket } from "./listedPacket";

/** A time without packets of a sound stream between others, in seconds. */
export interface SoundGap {
  stream: number;
  from: number;
  to: number;
  /** Where the last packet before it and the first one after it begin in the file, as far as the demuxer says. */
  before: number;
  after: number;
}

/** Seconds. Less is what recorders leave out and encoders round. */
const SHORTEST = 0.25;

/** Seconds, where the file itself shows that packets are missing: less than most frames of sound last. */
const SHORTEST_COUNTED = 0.015;

/** Seconds between a report and the sound that is lacking. */
const NEARBY = 1;

/** How many are remembered, because sound may pause without a reason too. */
const MOST = 10_000;

/** Notes where streams of sound pause. Whether a file lacks what is missing there, its demuxer tells. */
export class SoundGaps {
  private readonly gaps: SoundGap[] = [];
  private readonly ends = new Map<number, number>();
  private readonly positions = new Map<number, number>();

  /** @param tick The seconds that a tick of the stream lasts. */
  add({ stream, pts, duration, position }: ListedPacket, tick: number): void {
    if (Number.isNaN(pts)) return;
    const [begin, known] = [pts * tick, this.ends.get(stream) ?? Infinity];
    const before = this.positions.get(stream) ?? NaN;
    if (!Number.isNaN(position)) this.positions.set(stream, position);
    if (begin - known > SHORTEST_COUNTED && this.gaps.length < MOST)
      this.gaps.push({ stream, from: known, to: begin, before, after: position });
    this.ends.set(stream, Math.max(known === Infinity ? -Infinity : known, begin + duration * tick));
  }

  /** Those of some streams, for whatever reason. */
  of(streams: readonly number[]): SoundGap[] {
    return this.gaps.filter(({ stream }) => streams.includes(stream));
  }

  /** Those near which a packet of the stream lacks a part, or near which bytes belong to no packet, in seconds. */
  explainedBy(lost: ReadonlyMap<number, readonly number[]>, skips: readonly number[]): SoundGap[] {
    return this.gaps.filter(
      ({ stream, from, to }) =>
        to - from > SHORTEST &&
        [...(lost.get(stream) ?? []), ...skips].some((time) => time >= from - NEARBY && time <= to + NEARBY),
    );
  }
}
