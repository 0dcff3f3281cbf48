import type { ListedPacket } from "./listedPacket";

/** A time without packets of a sound stream between others, in seconds. */
export interface SoundGap {
  stream: number;
  from: number;
  to: number;
}

/** Seconds. Less is what recorders leave out and encoders round. */
const SHORTEST = 0.25;

/** Seconds between a report and the sound that is lacking. */
const NEARBY = 1;

/** How many are remembered, because sound may pause without a reason too. */
const MOST = 10_000;

/** Notes where streams of sound pause. Whether a file lacks what is missing there, its demuxer tells. */
export class SoundGaps {
  private readonly gaps: SoundGap[] = [];
  private readonly ends = new Map<number, number>();

  /** @param tick The seconds that a tick of the stream lasts. */
  add({ stream, pts, duration }: ListedPacket, tick: number): void {
    if (Number.isNaN(pts)) return;
    const [begin, known] = [pts * tick, this.ends.get(stream) ?? Infinity];
    if (begin - known > SHORTEST && this.gaps.length < MOST) this.gaps.push({ stream, from: known, to: begin });
    this.ends.set(stream, Math.max(known === Infinity ? -Infinity : known, begin + duration * tick));
  }

  /** Those near which a packet of the stream lacks a part, or near which bytes belong to no packet, in seconds. */
  explainedBy(lost: ReadonlyMap<number, readonly number[]>, skips: readonly number[]): SoundGap[] {
    return this.gaps.filter(({ stream, from, to }) =>
      [...(lost.get(stream) ?? []), ...skips].some((time) => time >= from - NEARBY && time <= to + NEARBY),
    );
  }
}
