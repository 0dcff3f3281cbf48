import type { ReadUpTo } from "../../storage/readRange";
import { Counters } from "./counters";
import { layoutOf, NULL_PID, PACKET_BYTES, packetAt, pidOf } from "./transportStream";

/** Where elementary packets of a stream begin in the file that follow each other. */
export interface PacketPair {
  before: number;
  after: number;
}

/** Bytes that are read at a time, and that are read for all pairs of a file together. */
const PIECE = 1 << 20;
const BUDGET = 1 << 26;

/**
 * Finds the pauses of sound in which a transport stream lacks packets of it, by their counters. Where those of other streams don't go on
 * either, pieces were put together, whose counters begin anew, and the pause may be meant.
 */
export function findLostSound<T extends PacketPair>(read: ReadUpTo, pauses: readonly T[]): Promise<T[]> {
  return follow(read, pauses, ({ jumped, inside }, pid) => jumped.has(pid) && (jumped.size === 1 || inside.size > 0));
}

/**
 * Finds the elementary packets of which a transport stream lacks a part, by their counters.
 *
 * @param isWhole Whether all tables are there: edits take some out, and then only the middle of a unit is no beginning of another piece.
 */
export function findPartial<T extends PacketPair>(
  read: ReadUpTo,
  packets: readonly T[],
  isWhole: boolean,
): Promise<T[]> {
  return follow(read, packets, ({ inside, within }, pid) => (isWhole ? inside : within).has(pid));
}

/** Follows the counters from one elementary packet to the next of its stream. */
async function follow<T extends PacketPair>(
  read: ReadUpTo,
  pairs: readonly T[],
  isLost: (counters: Counters, pid: number) => boolean,
): Promise<T[]> {
  const layout = pairs.length > 0 ? layoutOf(await read(0, 1024)) : undefined;
  const lost: T[] = [];
  if (!layout) return lost;
  let left = BUDGET;
  for (const pair of pairs) {
    const [from, to] = [packetAt(pair.before, layout), packetAt(pair.after, layout) + layout.stride];
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
    if (isLost(counters, pid)) lost.push(pair);
  }
  return lost;
}
