import type { MediaInput } from "../../ffmpeg/input";
import { probeLines } from "../ffprobe/probeLines";
import { LISTED_ENTRIES, parsePacket } from "./listedPacket";

/** A packet that may lack a part, with all that shares its time. Times are in the time base of its stream. */
export interface PartialPacket {
  stream: number;
  pts: number;
  /** When it is decoded. */
  dts: number;
  duration: number;
  /** Where it begins in the file, and where the next one of its stream does. */
  before: number;
  after: number;
}

/**
 * Lists the packets, without the last of a stream, that are decoded at some times, which are all that a demuxer tells of packets that lack a part.
 *
 * @param wanted When they are decoded, by their stream.
 */
export async function listPartialPackets(
  input: MediaInput,
  name: string,
  wanted: ReadonlyMap<number, readonly number[]>,
): Promise<PartialPacket[]> {
  const times = new Map([...wanted].map(([stream, decoded]) => [stream, new Set(decoded)]));
  if (![...times.values()].some(({ size }) => size > 0)) return [];
  const found: PartialPacket[] = [];
  const open = new Map<number, PartialPacket>();
  for await (const line of probeLines(input, ["-show_entries", LISTED_ENTRIES], name)) {
    const packet = parsePacket(line);
    const known = packet && times.get(packet.stream);
    if (!packet || !known) continue;
    const { stream, pts, dts, duration, position } = packet;
    const last = open.get(stream);
    // Further frames of what a container stores as one have no place of their own.
    if (last && Number.isNaN(position)) last.duration = Math.max(last.duration, pts + duration - last.pts);
    if (Number.isNaN(position)) continue;
    if (last) last.after = position;
    open.delete(stream);
    if (!known.has(dts) || Number.isNaN(pts)) continue;
    const partial = { stream, pts, dts, duration, before: position, after: position };
    found.push(partial);
    open.set(stream, partial);
  }
  return found.filter(({ before, after }) => after > before);
}
