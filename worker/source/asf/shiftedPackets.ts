import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { ProbeFormat } from "../ffprobe/output";
import { FILE_PROPERTIES, HEADER_BYTES } from "./fileProperties";

/** Where the object states the least and the largest size of a packet. */
const SIZES = 92;

/** How many pictures, or frames of sound, may have a part in the packet that is broken: one that began before, and one that begins there. */
const SHARING = 2;

/** A picture, or a frame of sound, and where the packet is in which it begins. */
interface Frame {
  pts: number;
  duration: number;
  position: number;
}

/** A time whose pictures or sound may lack a part, in the time base of their stream, and between which places in the file that is. */
export interface Shift {
  stream: number;
  from: number;
  to: number;
  before: number;
  after: number;
}

/**
 * Finds where bytes of an ASF are missing or were added. Its packets have one size, so that from there on they begin elsewhere. The demuxer
 * takes what it finds for the rest of a frame, without a word.
 */
export class ShiftedPackets {
  readonly found: Shift[] = [];
  private readonly latest = new Map<number, Frame[]>();
  private position: number | undefined;
  /** Where the packets begin that were shifted last. */
  private shiftedFrom = -Infinity;

  private constructor(private readonly size: number) {}

  /** Undefined for other containers, and for packets of several sizes. */
  static async of(read: ReadUpTo, format: ProbeFormat): Promise<ShiftedPackets | undefined> {
    if (!isContainer(format, ["asf"])) return undefined;
    const head = await read(0, HEADER_BYTES);
    const at = head.indexOf(FILE_PROPERTIES);
    if (at < 0 || at + SIZES + 8 > head.length) return undefined;
    const [least, largest] = [head.readUInt32LE(at + SIZES), head.readUInt32LE(at + SIZES + 4)];
    return least === largest && least > 0 ? new ShiftedPackets(least) : undefined;
  }

  /** Takes the frames of all streams in the order in which they are complete. */
  add({ stream, pts, duration, position }: Frame & { stream: number }): void {
    if (Number.isNaN(position) || Number.isNaN(pts)) return;
    const frame = { pts, duration, position };
    if (position < this.shiftedFrom) this.name(stream, [frame], this.shiftedFrom);
    if (this.position !== undefined && position > this.position && (position - this.position) % this.size !== 0) {
      for (const [other, frames] of this.latest) this.name(other, frames, position);
      this.shiftedFrom = position;
    }
    this.position = Math.max(position, this.position ?? 0);
    this.latest.set(stream, [...(this.latest.get(stream) ?? []), frame].slice(-SHARING));
  }

  private name(stream: number, frames: readonly Frame[], after: number): void {
    this.found.push({
      stream,
      from: Math.min(...frames.map(({ pts }) => pts)),
      to: Math.max(...frames.map(({ pts, duration }) => pts + duration)),
      before: Math.min(...frames.map(({ position }) => position)),
      after,
    });
  }
}
