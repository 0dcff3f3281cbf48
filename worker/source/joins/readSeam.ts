import type { Seam } from "./findJoins";
import type { Stretch } from "../frames/stretches";
import { readTables, type StreamTables } from "../transport/tables";
import {
  beginsUnit,
  counterOf,
  type Layout,
  layoutOf,
  PACKET_BYTES,
  packetAt,
  pidOf,
} from "../transport/transportStream";

/** Reads a range of the file, or less of it where the file ends. */
export type ReadBytes = (start: number, length: number) => Promise<Buffer>;

/** What a transport stream has between two stretches of a track. */
export interface SeamBytes extends StreamTables {
  pid: number;
  /** Whether the track's packets are counted on, as in one recording whose clock was set. */
  continuous: boolean;
}

/** Bytes of a picture, and of other streams until the next one. A track without a packet for longer is read from where it goes on. */
const LONGEST_SEAM = 1 << 24;

/** The PID of the packet with which a stretch begins. Undefined if none begins there. */
export async function readPid(read: ReadBytes, layout: Layout, { position }: Stretch): Promise<number | undefined> {
  if (Number.isNaN(position)) return undefined;
  const packet = await read(packetAt(position, layout) + layout.offset, PACKET_BYTES);
  return packet.length === PACKET_BYTES && packet[0] === 0x47 && beginsUnit(packet) ? pidOf(packet) : undefined;
}

/** The PID of a transport stream's packet with which a stretch begins. Undefined if none begins there. */
export async function readFirstPid(read: ReadBytes, stretch: Stretch): Promise<number | undefined> {
  const layout = layoutOf(await read(0, 1024));
  return layout && readPid(read, layout, stretch);
}

/** Undefined if the second stretch doesn't begin with a packet. */
export async function readSeam(
  read: ReadBytes,
  layout: Layout,
  { before, after }: Seam,
): Promise<SeamBytes | undefined> {
  const pid = await readPid(read, layout, after);
  if (pid === undefined) return undefined;
  const to = packetAt(after.position, layout);
  const from = Math.max(packetAt(before.lastPosition, layout), packetAt(to - LONGEST_SEAM, layout));
  const bytes = await read(from, to + layout.stride - from);
  const counters: number[] = [];
  for (let at = layout.offset; at + PACKET_BYTES <= bytes.length; at += layout.stride) {
    const packet = bytes.subarray(at, at + PACKET_BYTES);
    if (pidOf(packet) === pid) counters.push(counterOf(packet));
  }
  const [last, next] = counters.slice(-2);
  const continuous = next !== undefined && next === ((last as number) + 1) % 16;
  return { pid, continuous, ...readTables(bytes, layout) };
}
