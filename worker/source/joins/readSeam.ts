import type { ReadUpTo } from "../../storage/readRange";
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
  SYNC,
} from "../transport/transportStream";

/** What a transport stream has between two stretches of a track. */
export interface SeamBytes extends StreamTables {
  pid: number;
  /** Whether the track's packets are counted on, as in one recording whose clock was set. */
  continuous: boolean;
}

/** Bytes of a picture, and of other streams until the next one. A track without a packet for longer is read from where it goes on. */
const LONGEST_SEAM = 1 << 24;

/** The PID of the packet with which a stretch begins. Undefined if none begins there. */
export async function readPid(read: ReadUpTo, layout: Layout, { position }: Stretch): Promise<number | undefined> {
  if (Number.isNaN(position)) return undefined;
  return firstPid(await read(packetAt(position, layout), layout.stride), layout);
}

/** The PID of a transport stream's packet with which a stretch begins. Undefined if none begins there. */
export async function readFirstPid(read: ReadUpTo, stretch: Stretch): Promise<number | undefined> {
  const layout = layoutOf(await read(0, 1024));
  return layout && readPid(read, layout, stretch);
}

/** Undefined if the second stretch doesn't begin with a packet. */
export async function readSeam(read: ReadUpTo, layout: Layout, seam: Seam): Promise<SeamBytes | undefined> {
  return describeSeam(await readBetween(read, layout, seam), layout);
}

/** Reads from the last packet of a stretch to the first one of the next, which is the last that is read. */
export async function readBetween(read: ReadUpTo, layout: Layout, { before, after }: Seam): Promise<Buffer> {
  const to = packetAt(after.position, layout);
  const from = Math.max(packetAt(before.lastPosition, layout), packetAt(to - LONGEST_SEAM, layout));
  return read(from, to + layout.stride - from);
}

/** Describes what has been read between two stretches. Undefined if the second one doesn't begin with a packet. */
export function describeSeam(bytes: Buffer, layout: Layout): SeamBytes | undefined {
  const pid = firstPid(bytes.subarray(bytes.length - layout.stride), layout);
  if (pid === undefined) return undefined;
  const counters: number[] = [];
  for (let at = layout.offset; at + PACKET_BYTES <= bytes.length; at += layout.stride) {
    const packet = bytes.subarray(at, at + PACKET_BYTES);
    if (pidOf(packet) === pid) counters.push(counterOf(packet));
  }
  const [last, next] = counters.slice(-2);
  const continuous = next !== undefined && next === ((last as number) + 1) % 16;
  return { pid, continuous, ...readTables(bytes, layout) };
}

function firstPid(bytes: Buffer, { offset }: Layout): number | undefined {
  const packet = bytes.subarray(offset, offset + PACKET_BYTES);
  return packet.length === PACKET_BYTES && packet[0] === SYNC && beginsUnit(packet) ? pidOf(packet) : undefined;
}
