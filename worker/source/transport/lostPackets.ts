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

/** Bytes before and behind a pause, in which other streams and tables are that go on or begin anew. */
const AROUND = 1 << 17;

/**
 * Finds the pauses of sound in which a transport stream lacks packets of it, by their counters. Where those of other streams don't go on
 * either, pieces were put together, whose counters begin anew, and the pause may be meant.
 *
 * @param isWhole Whether all tables are there: edits take some out, and then only the middle of a unit is no beginning of another piece.
 */
export async function findLostSound<T extends PacketPair>(
  read: ReadUpTo,
  pauses: readonly T[],
  isWhole: boolean,
): Promise<T[]> {
  /** Whether another piece may begin wherever packets are missing. */
  const mayBegin = ({ inside, within }: Counters): boolean => (isWhole ? inside : within).size === 0;
  const isLost = ({ counters, pid }: Followed<T>): boolean =>
    counters.jumped.has(pid) && (counters.jumped.size === 1 || !mayBegin(counters));
  const lost = (await follow(read, pauses)).filter(isLost);
  // Between two packets of sound may be too few others to tell.
  const unsure = lost.filter(({ counters }) => mayBegin(counters)).map(({ pair }) => pair);
  const joined = (await follow(read, unsure, AROUND)).filter((followed) => !isLost(followed)).map(({ pair }) => pair);
  return lost.map(({ pair }) => pair).filter((pair) => !joined.includes(pair));
}

/**
 * Finds the elementary packets of which a transport stream lacks a part, by their counters.
 *
 * @param isWhole Whether all tables are there.
 */
export async function findPartial<T extends PacketPair>(
  read: ReadUpTo,
  packets: readonly T[],
  isWhole: boolean,
): Promise<T[]> {
  const followed = await follow(read, packets);
  return followed
    .filter(({ counters: { inside, within }, pid }) => (isWhole ? inside : within).has(pid))
    .map(({ pair }) => pair);
}

interface Followed<T> {
  pair: T;
  counters: Counters;
  /** That of the stream. */
  pid: number;
}

/** Follows the counters from one elementary packet to the next of its stream, and through some bytes before and behind. */
async function follow<T extends PacketPair>(read: ReadUpTo, pairs: readonly T[], around = 0): Promise<Followed<T>[]> {
  const layout = pairs.length > 0 ? layoutOf(await read(0, 1024)) : undefined;
  const followed: Followed<T>[] = [];
  if (!layout) return followed;
  const { stride, offset } = layout;
  const whole = (bytes: number): number => bytes - (bytes % stride);
  let left = BUDGET;
  for (const pair of pairs) {
    const last = packetAt(pair.after, layout);
    const from = Math.max(0, packetAt(pair.before, layout) - whole(around));
    const to = last + stride + whole(around);
    left -= to - from;
    // Without a known place it is NaN.
    if (!(left >= 0)) break;
    const counters = new Counters();
    let pid = NULL_PID;
    for (let at = from; at < to; at += whole(PIECE)) {
      const bytes = await read(at, Math.min(whole(PIECE), to - at));
      for (let start = 0; start + offset + PACKET_BYTES <= bytes.length; start += stride) {
        const packet = bytes.subarray(start + offset, start + offset + PACKET_BYTES);
        counters.add(packet);
        if (at + start <= last) pid = pidOf(packet);
      }
    }
    followed.push({ pair, counters, pid });
  }
  return followed;
}
