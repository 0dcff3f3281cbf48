import type { ReadRange } from "../../storage/readRange";
import { setPid } from "./editPackets";
import {
  beginsElementary,
  counterOf,
  hasPayload,
  isDiscontinuous,
  layoutOf,
  NULL_PID,
  PACKET_BYTES,
  payloadOffset,
  pidOf,
  SYNC,
} from "./transportStream";

/** How many packets of a stream are remembered: some datagrams. What came longer ago may be meant to come again. */
const REMEMBERED = 30;

/** Bytes before a range in which its first packets may have come already. */
const BEFORE = 1 << 17;

/**
 * Finds duplicate packets. A packet may be sent twice (ISO 13818-1, 2.4.3.3), and a network may deliver a piece again. Demuxers of ffmpeg take
 * each for a further packet: a picture then comes twice, or can't be decoded.
 */
export class Duplicates {
  /** Those with elementary packets. Tables come again and again. */
  private readonly streams = new Map<number, { last: number; packets: Buffer[] }>();

  /** Whether the packet is a duplicate of one, as its counter and its contents show. */
  add(packet: Buffer): boolean {
    const pid = pidOf(packet);
    if (packet[0] !== SYNC || pid === NULL_PID || !hasPayload(packet)) return false;
    if (beginsElementary(packet) && !this.streams.has(pid)) this.streams.set(pid, { last: NaN, packets: [] });
    const stream = this.streams.get(pid);
    if (!stream) return false;
    const counter = counterOf(packet);
    const goesOn = counter === (stream.last + 1) % 16 || isDiscontinuous(packet);
    if (!goesOn && stream.packets.some((known) => isSame(known, packet))) return true;
    stream.last = counter;
    stream.packets.push(packet);
    if (stream.packets.length > REMEMBERED) stream.packets.shift();
    return false;
  }
}

/** Whether packets have the same contents under the same counter. The clock in front of those differs. */
function isSame(one: Buffer, other: Buffer): boolean {
  if (one[3] !== other[3] || one[1] !== other[1]) return false;
  return one.subarray(payloadOffset(one)).equals(other.subarray(payloadOffset(other)));
}

/** Reads a transport stream with null packets in place of duplicates. */
export async function readWithoutDuplicates(readRange: ReadRange, bytes: number): Promise<ReadRange> {
  const layout = layoutOf(await readRange(0, Math.min(bytes, 1024)));
  if (!layout) return readRange;
  const { stride, offset } = layout;
  return async (start, length) => {
    const from = Math.max(0, start - BEFORE);
    const first = from - (from % stride);
    const end = Math.min(bytes, Math.ceil((start + length) / stride) * stride);
    const read = Buffer.from(await readRange(first, end - first));
    const duplicates = new Duplicates();
    for (let at = offset; at + PACKET_BYTES <= read.length; at += stride) {
      const packet = read.subarray(at, at + PACKET_BYTES);
      if (duplicates.add(packet)) setPid(packet, NULL_PID);
    }
    return read.subarray(start - first, start - first + length);
  };
}
