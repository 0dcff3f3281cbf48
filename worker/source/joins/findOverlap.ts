import type { ReadUpTo } from "../../storage/readRange";
import type { Seam } from "./findJoins";
import type { Keyframe } from "../frames/stretches";
import { type Layout, PACKET_BYTES, payloadOffset, pidOf, beginsUnit, packetAt } from "../transport/transportStream";

/** Bytes up to which an overlap is looked for. */
const LONGEST_OVERLAP = 1 << 24;

/**
 * Finds the keyframe of a recording with which the next one begins again, as parts do that were cut with some overlap. Everything after it
 * has to be the same, as far as the recording goes.
 *
 * @param pids Those of the pictures before and after.
 */
export async function findOverlap(
  read: ReadUpTo,
  layout: Layout,
  { before, after }: Seam,
  [pid, nextPid]: [number, number],
): Promise<Keyframe | undefined> {
  const { keyframe } = after;
  if (!keyframe) return undefined;
  const end = packetAt(after.position, layout);
  for (const candidate of before.lastKeyframes.toReversed()) {
    const from = packetAt(candidate.position, layout);
    if (candidate.size !== keyframe.size || end - from > LONGEST_OVERLAP) continue;
    const tail = elementaryBytes(await read(from, end - from), pid, layout);
    const next = await read(packetAt(keyframe.position, layout), 2 * (end - from) + 64 * layout.stride);
    if (elementaryBytes(next, nextPid, layout).subarray(0, tail.length).equals(tail)) return candidate;
  }
  return undefined;
}

/** What the packets of a PID contain, without the headers of its elementary packets. */
function elementaryBytes(bytes: Buffer, pid: number, { stride, offset }: Layout): Buffer {
  const pieces: Buffer[] = [];
  for (let at = offset; at + PACKET_BYTES <= bytes.length; at += stride) {
    const packet = bytes.subarray(at, at + PACKET_BYTES);
    if (pidOf(packet) !== pid) continue;
    const payload = packet.subarray(payloadOffset(packet));
    pieces.push(beginsUnit(packet) ? payload.subarray(9 + (payload[8] ?? 0)) : payload);
  }
  return Buffer.concat(pieces);
}
