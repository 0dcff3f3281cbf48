import type { ReadUpTo } from "../../storage/readRange";
import {
  counterOf,
  hasPayload,
  isDiscontinuous,
  layoutOf,
  NULL_PID,
  PACKET_BYTES,
  packetAt,
  pidOf,
  SYNC,
} from "./transportStream";

/** A pause of sound, and where the elementary packets begin in the file before and after it. */
export interface SoundPause {
  before: number;
  after: number;
}

/** Bytes that are read at a time, and that are read for all pauses of a file together. */
const PIECE = 1 << 20;
const BUDGET = 1 << 26;

/**
 * Finds the pauses in which a transport stream lacks packets of sound, by their counters. Where those of other streams don't go on either,
 * pieces were put together, whose counters begin anew, and the pause may be meant.
 */
export async function findLostSound<T extends SoundPause>(read: ReadUpTo, pauses: readonly T[]): Promise<T[]> {
  const layout = pauses.length > 0 ? layoutOf(await read(0, 1024)) : undefined;
  const lost: T[] = [];
  if (!layout) return lost;
  let left = BUDGET;
  for (const pause of pauses) {
    const [from, to] = [packetAt(pause.before, layout), packetAt(pause.after, layout) + layout.stride];
    left -= to - from;
    // Without a known place it is NaN.
    if (!(left >= 0)) break;
    const counters = new Counters();
    let pid = NULL_PID;
    const piece = PIECE - (PIECE % layout.stride);
    for (let at = from; at < to; at += piece) {
      const bytes = await read(at, Math.min(piece, to - at));
      for (let offset = layout.offset; offset + PACKET_BYTES <= bytes.length; offset += layout.stride) {
        const packet = bytes.subarray(offset, offset + PACKET_BYTES);
        counters.add(packet);
        pid = pidOf(packet);
      }
    }
    if (counters.jumped.size === 1 && counters.jumped.has(pid)) lost.push(pause);
  }
  return lost;
}

/** Follows the counters of all PIDs (ISO 13818-1, 2.4.3.3). */
class Counters {
  /** The PIDs of which packets are missing. */
  readonly jumped = new Set<number>();
  private readonly last = new Map<number, number>();

  add(packet: Buffer): void {
    const pid = pidOf(packet);
    if (packet[0] !== SYNC || pid === NULL_PID || !hasPayload(packet)) return;
    const [last, counter] = [this.last.get(pid), counterOf(packet)];
    // A packet may come twice.
    const goesOn = last === undefined || counter === last || counter === (last + 1) % 16;
    if (!goesOn && !isDiscontinuous(packet)) this.jumped.add(pid);
    this.last.set(pid, counter);
  }
}
