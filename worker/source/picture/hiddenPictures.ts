import type { ReadUpTo } from "../../storage/readRange";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { readLeb128 } from "./leb128";
import { type BeginOf, findBeginOf } from "./packetBegin";

/** Bytes that come before a packet, and of it: more than the header of a block, a tag or a unit. */
const HEAD = 32;

/** Reads a packet from a place in it on, and no further than its end. */
type ReadPacket = (from: number, length: number) => Promise<Buffer>;

/** Whether all pictures in a packet of this size are only predicted from. */
type Judge = (read: ReadPacket, size: number) => Promise<boolean>;

const JUDGES: Record<string, Judge> = { vp9: hidesVp9, av1: hidesAv1 };

/**
 * Finds packets whose pictures are only predicted from, while packets are listed: encoders store such a picture with the next one that is
 * shown, but some programs give it a packet of its own.
 */
export class HiddenPictures {
  private constructor(
    private readonly read: ReadUpTo,
    private readonly beginOf: BeginOf,
    private readonly judge: Judge,
  ) {}

  /** Undefined for other codecs, and for containers whose packets aren't stored in one piece. */
  static of(read: ReadUpTo, { format }: Probe, { codec_name = "" }: ProbeStream): HiddenPictures | undefined {
    const [judge, beginOf] = [JUDGES[codec_name], findBeginOf(format)];
    return judge && beginOf && new HiddenPictures(read, beginOf, judge);
  }

  /** Whether the packet shows nothing. */
  async hides({ position, size }: { position: number; size: number }): Promise<boolean> {
    if (Number.isNaN(position)) return false;
    const begin = position + this.beginOf(await this.read(position, HEAD));
    const read: ReadPacket = (from, length) => this.read(begin + from, Math.max(0, Math.min(length, size - from)));
    return this.judge(read, size);
  }
}

/** Bits in the order in which they are stored. */
function bitsOf(bytes: Buffer): number[] {
  return [...bytes].flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (byte >> bit) & 1));
}

/** VP9 has one frame in a packet, or a superframe with its index at the end (VP9 specification, annex B). */
async function hidesVp9(read: ReadPacket, size: number): Promise<boolean> {
  if (!isHiddenVp9(await read(0, 2))) return false;
  const [marker = 0] = await read(size - 1, 1);
  const [count, bytes] = [(marker & 7) + 1, ((marker >> 3) & 3) + 1];
  const index = await read(size - 2 - count * bytes, 2 + count * bytes);
  if (marker >> 5 !== 6 || index[0] !== marker) return true;
  let at = 0;
  for (let frame = 0; frame < count; frame++) {
    if (!isHiddenVp9(await read(at, 2))) return false;
    at += index.readUIntLE(1 + frame * bytes, bytes);
  }
  return true;
}

/** Whether a frame is neither shown nor shows another one (VP9 specification, 6.2). */
function isHiddenVp9(head: Buffer): boolean {
  const [marker, , low, high, ...rest] = bitsOf(head);
  // The highest profile has a bit that is reserved.
  const [showsOther, , isShown] = low && high ? rest.slice(1) : rest;
  return marker === 1 && showsOther === 0 && isShown === 0;
}

/** Types of units of AV1 (AV1 specification, 6.2.2). */
const [SEQUENCE, FRAME_HEADER, FRAME] = [1, 3, 6];

async function hidesAv1(read: ReadPacket, size: number): Promise<boolean> {
  let hasHidden = false;
  for (let at = 0; at < size;) {
    const unit = await read(at, HEAD);
    const [type, hasExtension, hasSize] = [((unit[0] ?? 0) >> 3) & 15, (unit[0] ?? 0) & 4, (unit[0] ?? 0) & 2];
    const sizeAt = hasExtension ? 2 : 1;
    const [length, body] = hasSize ? readLeb128(unit, sizeAt) : [size - at - sizeAt, sizeAt];
    const bits = bitsOf(unit.subarray(body, body + 1));
    // A picture that is meant to be the only one has a shorter header, and is shown.
    if (type === SEQUENCE && bits[4] === 1) return false;
    if (type === FRAME_HEADER || type === FRAME) {
      const [showsOther, , , isShown] = bits;
      if (showsOther === 1 || isShown === 1) return false;
      hasHidden = true;
    }
    at += body + length;
  }
  return hasHidden;
}
