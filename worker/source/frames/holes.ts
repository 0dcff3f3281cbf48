import { DisplayOrder } from "./displayOrder";
import type { ProbeFormat } from "../ffprobe/output";
import type { ListedPacket } from "./listedPacket";

/** A stretch of pictures that the file lacks, in the time base of the video stream. */
export interface Hole {
  from: number;
  to: number;
}

/**
 * A time without pictures, whatever the reason, and where those begin in the file between which some may be missing, as far as the demuxer
 * says.
 */
export interface Gap extends Hole {
  before: number;
  after: number;
  /** When the first of those pictures before it is shown that may be made from a missing one. Absent if none is. */
  earliest?: number;
}

interface Shown {
  pts: number;
  dts: number;
  /** Where it begins in the file. */
  position: number;
}

/** Bytes that belong to no packet. */
export interface Skip {
  from: number;
  to: number;
  /** When the pictures end that come before them, in the time base of the video stream. */
  shown: number;
}

/** Bytes that belong to no packet and are more than what containers put between packets: a sector of a disk. */
const SKIPPED_BYTES = 512;

/** The same for containers that put no more than the headers of packets there, or whole packets that are no stream's. */
const SKIPPED_BY_FORMAT: Record<string, number> = { flv: 64, mpeg: 16_384 };

/** Bytes that are remembered of AVI, whose chunks say whether there is a hole between them: more than the header of one. */
const BETWEEN_CHUNKS = 10;

/** Containers whose demuxer goes on behind broken bytes without a word. */
const SILENT = ["mpeg"];

/** Containers with a picture in every unit, so that a unit without one is a hole, whatever the demuxer reports (SMPTE ST 379-1). */
const IN_EVERY_UNIT = ["mxf"];

/** The share of its length by which a picture comes later than it should where others are missing before it. */
export const LATE = 0.5;

/** Seconds between a report, whose time is that of decoding, and the pictures that are lacking. */
const NEARBY = 1;

/** How many pictures are stored in another order than they are shown in, at most: those that decoders keep. */
const REORDERED = 16;

/** How many are remembered, because times with gaps may have other causes too. */
const MOST = 10_000;

/** Finds where pictures are missing in a file. A gap in times is none by itself: a picture may be shown for long, and a recording may pause. */
export class HoleFinder {
  /** Bytes that the demuxer skipped, as far as they may be a hole. */
  readonly skips: Skip[] = [];
  readonly gaps: Gap[] = [];
  private readonly listed = new Map<number, { dts: number; duration: number; position: number }>();
  private readonly order = new DisplayOrder((pts) => this.show(pts));
  private readonly least: number;
  private readonly remembered: number;
  private readonly isSilent: boolean;
  /** Whether every gap is a hole: none comes of a picture without a time. */
  private isInEveryUnit: boolean;
  private shownUntil: number | undefined;
  private lastShown = NaN;
  /** The least time from one picture to the next: how long those are shown whose container doesn't say. */
  private interval = Infinity;
  /** The pictures that were shown last. */
  private readonly latest: Shown[] = [];
  private end = -Infinity;
  private position = NaN;
  /** When the last picture is decoded, and the last ones behind which others should have been. */
  private decoded = NaN;
  private lacking: number[] = [];

  constructor({ format_name }: Pick<ProbeFormat, "format_name">) {
    this.least = SKIPPED_BY_FORMAT[format_name] ?? SKIPPED_BYTES;
    this.remembered = format_name === "avi" ? BETWEEN_CHUNKS : this.least;
    this.isSilent = SILENT.includes(format_name);
    this.isInEveryUnit = IN_EVERY_UNIT.includes(format_name);
  }

  /** Takes the packets of all streams in the order of the file. */
  add({ stream, pts, dts, duration, position, size }: ListedPacket, video: number): void {
    if (position - this.position >= this.remembered && this.skips.length < MOST) {
      this.skips.push({ from: this.position, to: position, shown: this.end });
    }
    if (!Number.isNaN(position)) this.position = Math.max(this.position || 0, position + size);
    if (stream !== video) return;
    if (Number.isNaN(pts)) {
      this.isInEveryUnit = false;
      return;
    }
    this.end = Math.max(this.end, pts + duration);
    this.noteDecoding(dts, duration);
    this.listed.set(pts, { dts, duration, position });
    this.order.add(pts);
  }

  /** When the pictures end that come before bytes in which the demuxer reports to have found nothing. */
  reportedSkips(complains: boolean): number[] {
    if (!complains && !this.isSilent) return [];
    return this.skips.filter(({ from, to }) => to - from >= this.least).map(({ shown }) => shown);
  }

  /**
   * The gaps that the demuxer explains, or that can be nothing else.
   *
   * @param complains Whether it reported that the file is damaged.
   * @param lost When packets were decoded that lack a part.
   */
  finish(complains: boolean, lost: readonly number[], ticksPerSecond: number): Hole[] {
    this.order.flush();
    const holes = this.gaps.map(({ from, to }) => ({ from, to }));
    if (this.isInEveryUnit) return holes;
    const near = NEARBY * ticksPerSecond;
    const reports = [...lost, ...this.reportedSkips(complains)];
    return holes.filter(({ from, to }) => reports.some((time) => time >= from - near && time <= to + near));
  }

  private show(pts: number): void {
    const { shownUntil, latest, gaps } = this;
    const { dts = NaN, duration: stated = 0, position = NaN } = this.listed.get(pts) ?? {};
    this.listed.delete(pts);
    if (pts > this.lastShown) this.interval = Math.min(this.interval, pts - this.lastShown);
    this.lastShown = pts;
    const duration = stated > 0 ? stated : this.interval;
    const isLate = shownUntil !== undefined && pts - shownUntil > LATE * duration;
    if (isLate && gaps.length < MOST) {
      const around = [...latest.map((shown) => shown.position), position];
      const [before, after] = [Math.min(...around), Math.max(...around)];
      gaps.push({ ...{ from: shownUntil, to: pts, before, after }, ...this.affectedBefore(pts) });
    }
    latest.push({ pts, dts, position });
    if (latest.length > REORDERED) latest.shift();
    if (duration < Infinity) this.shownUntil = Math.max(shownUntil ?? -Infinity, pts + duration);
  }

  private noteDecoding(dts: number, duration: number): void {
    const usual = duration > 0 ? duration : this.interval;
    if (dts - this.decoded > (1 + LATE) * usual) this.lacking.push(this.decoded);
    if (this.lacking.length > REORDERED) this.lacking.shift();
    if (!Number.isNaN(dts)) this.decoded = dts;
  }

  /** The first picture that is shown before the missing ones, and decoded after them. */
  private affectedBefore(pts: number): Pick<Gap, "earliest"> {
    const [first = Infinity] = this.lacking;
    const affected = this.latest.find(({ dts }) => dts > first);
    this.lacking = this.lacking.filter((decoded) => decoded >= pts);
    return affected ? { earliest: affected.pts } : {};
  }
}
