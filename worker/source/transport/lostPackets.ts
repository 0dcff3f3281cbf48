import type { ReadUpTo } from "../../storage/readRange";
import { Counters } from "./counters";
import { Duplicates } from "./duplicates";
import { beginsScrambled, layoutOf, NULL_PID, PACKET_BYTES, packetAt, pidOf, SYNC } from "./transportStream";

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

/** Finds the pauses of a stream in which a transport stream has units of it that are scrambled. ffmpeg passes over those without a word. */
export async function findScrambled<T extends PacketPair>(read: ReadUpTo, pauses: readonly T[]): Promise<T[]> {
  const followed = await follow(read, pauses);
  return followed.filter(({ counters, pid }) => counters.scrambled.has(pid)).map(({ pair }) => pair);
}

/** Bytes before an elementary packet with packets whose duplicates may be in it. */
const BEFORE_DUPLICATES = 1 << 15;

/** Whether a transport stream has duplicate packets, within elementary packets or near them. */
export async function hasDuplicates(read: ReadUpTo, pairs: readonly PacketPair[]): Promise<boolean> {
  return (await follow(read, pairs, BEFORE_DUPLICATES)).some(({ duplicates }) => duplicates);
}

/**
 * How many bytes of a transport stream follow the first scrambled unit of the stream whose last elementary packet begins at a place. 0 if it
 * has none.
 */
export async function scrambledBytesBehind(read: ReadUpTo, last: number, bytes: number): Promise<number> {
  const layout = layoutOf(await read(0, 1024));
  if (!layout) return 0;
  const { stride, offset } = layout;
  let pid: number | undefined;
  for (let start = packetAt(last, layout); start < bytes; start += PIECE - (PIECE % stride)) {
    const piece = await read(start, Math.min(PIECE - (PIECE % stride), bytes - start));
    for (let at = offset; at + PACKET_BYTES <= piece.length; at += stride) {
      const packet = piece.subarray(at, at + PACKET_BYTES);
      if (packet[0] !== SYNC) continue;
      pid ??= pidOf(packet);
      if (pidOf(packet) === pid && beginsScrambled(packet)) return bytes - start - at;
    }
  }
  return 0;
}

interface Followed<T> {
  pair: T;
  counters: Counters;
  /** That of the stream. */
  pid: number;
  /** Whether there are duplicate packets. */
  duplicates: boolean;
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
    const [counters, found] = [new Counters(), new Duplicates()];
    let [pid, duplicates] = [NULL_PID, false];
    for (let at = from; at < to; at += whole(PIECE)) {
      const bytes = await read(at, Math.min(whole(PIECE), to - at));
      for (let start = 0; start + offset + PACKET_BYTES <= bytes.length; start += stride) {
        const packet = bytes.subarray(start + offset, start + offset + PACKET_BYTES);
        counters.add(packet);
        duplicates = found.add(packet) || duplicates;
        if (at + start <= last) pid = pidOf(packet);
      }
    }
    followed.push({ pair, counters, pid, duplicates });
  }
  return followed;
}
