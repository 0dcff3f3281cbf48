import type { PacketEdit } from "../../../contract/sourceChanges";
import type { ReadRange } from "../../storage/readRange";
import { addTicks, beginsUnit, layoutOf, NULL_PID, PACKET_BYTES, pidOf, timestampOffsets } from "./transportStream";

/** Changes the packets of a transport stream while it is read, so that every program sees the same one. */
export async function readEdited(
  readRange: ReadRange,
  bytes: number,
  edits: readonly PacketEdit[],
): Promise<ReadRange> {
  const layout = layoutOf(await readRange(0, Math.min(bytes, 1024)));
  if (!layout) return readRange;
  const { stride, offset } = layout;
  const byPid = new Map<number, PacketEdit[]>();
  for (const edit of edits) byPid.set(edit.pid, [...(byPid.get(edit.pid) ?? []), edit]);
  return async (start, length) => {
    const first = start - (start % stride);
    const end = Math.min(bytes, Math.ceil((start + length) / stride) * stride);
    const read = Buffer.from(await readRange(first, end - first));
    for (let at = 0; at + offset + PACKET_BYTES <= read.length; at += stride) {
      const packet = read.subarray(at + offset, at + offset + PACKET_BYTES);
      const edit = byPid.get(pidOf(packet))?.findLast(({ from }) => from <= first + at);
      if (edit) change(packet, edit);
    }
    return read.subarray(start - first, start - first + length);
  };
}

function change(packet: Buffer, { ticks, becomes, section }: PacketEdit): void {
  if (packet[0] !== 0x47) return;
  if (ticks) for (const at of timestampOffsets(packet)) addTicks(packet, at, ticks);
  if (section !== undefined) replaceSection(packet, Buffer.from(section, "base64"));
  if (becomes !== undefined) setPid(packet, becomes);
}

/** No unit begins in a packet without contents (ISO 13818-1, 2.4.3.3): ffmpeg would take it for one of a new stream. */
export function setPid(packet: Buffer, pid: number): void {
  const flags = packet.readUInt16BE(1) & (pid === NULL_PID ? 0xa000 : 0xe000);
  packet.writeUInt16BE(flags | pid, 1);
}

/** Fills the packet in which a section begins with another one, and drops those that it goes on in. */
function replaceSection(packet: Buffer, section: Buffer): void {
  if (!beginsUnit(packet)) return setPid(packet, NULL_PID);
  // Contents alone, which begin with a section.
  packet[3] = ((packet[3] as number) & 0xcf) | 0x10;
  packet[4] = 0;
  packet.fill(0xff, 5);
  section.copy(packet, 5);
}
