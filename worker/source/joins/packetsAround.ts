import type { ReadUpTo } from "../../storage/readRange";
import { type Layout, PACKET_BYTES, packetAt } from "../transport/transportStream";
import type { Seam } from "./findJoins";

/** Bytes before the last picture within which tables and sound come. */
const NEAR = 1 << 18;

/** The packets of a transport stream around a seam of pictures, up to the one with which the stretch after it begins. */
export async function packetsAround(
  read: ReadUpTo,
  layout: Layout,
  { before, after }: Seam,
): Promise<{ packet: Buffer; isBehind: boolean }[]> {
  const [last, end] = [packetAt(before.lastPosition, layout), packetAt(after.position, layout) + layout.stride];
  const from = packetAt(Math.max(0, last - NEAR, end - 2 * NEAR), layout);
  const bytes = await read(from, end - from);
  const around: { packet: Buffer; isBehind: boolean }[] = [];
  for (let at = 0; at + layout.offset + PACKET_BYTES <= bytes.length; at += layout.stride) {
    const packet = bytes.subarray(at + layout.offset, at + layout.offset + PACKET_BYTES);
    around.push({ packet, isBehind: from + at > last });
  }
  return around;
}
