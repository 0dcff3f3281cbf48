import { beginsUnit, type Layout, PACKET_BYTES, PAT_PID, payloadOffset, pidOf } from "./transportStream";

/** What the tables of a transport stream say about its streams. */
export interface StreamTables {
  /** The PIDs of the tables themselves. */
  tablePids: Set<number>;
  /** The PIDs of the packets that carry the clocks of the programmes. */
  clockPids: Set<number>;
  /** The type of each stream by its PID, as a number (ISO 13818-1, table 2-34). */
  streamTypes: Map<number, number>;
}

/** Reads the last tables among some packets. */
export function readTables(bytes: Buffer, { stride, offset }: Layout): StreamTables {
  const tablePids = new Set([PAT_PID]);
  const clockPids = new Set<number>();
  const streamTypes = new Map<number, number>();
  /** The section that is being collected, by PID. */
  const sections = new Map<number, Buffer>();
  for (let at = offset; at + PACKET_BYTES <= bytes.length; at += stride) {
    const packet = bytes.subarray(at, at + PACKET_BYTES);
    const pid = pidOf(packet);
    if (packet[0] !== 0x47 || !tablePids.has(pid)) continue;
    const payload = packet.subarray(payloadOffset(packet));
    const before = sections.get(pid);
    const begun = beginsUnit(packet) ? payload.subarray(1 + (payload[0] ?? 0)) : undefined;
    const section = begun ?? (before && Buffer.concat([before, payload]));
    if (!section) continue;
    sections.set(pid, section);
    const length = section.length < 3 ? Infinity : 3 + (section.readUInt16BE(1) & 0xfff);
    if (section.length < length) continue;
    sections.delete(pid);
    // The last four bytes are a checksum.
    const table = section.subarray(0, length - 4);
    if (pid === PAT_PID) listPrograms(table).forEach((listed) => tablePids.add(listed));
    else if (describesProgramme(table)) {
      clockPids.add(table.readUInt16BE(8) & 0x1fff);
      for (const [stream, type] of listStreams(table)) streamTypes.set(stream, type);
    }
  }
  return { tablePids, clockPids, streamTypes };
}

function listPrograms(section: Buffer): number[] {
  const pids: number[] = [];
  for (let at = 8; at + 4 <= section.length; at += 4) {
    // Programme 0 is no programme, but a table about the network.
    if (section.readUInt16BE(at) !== 0) pids.push(section.readUInt16BE(at + 2) & 0x1fff);
  }
  return pids;
}

function describesProgramme(section: Buffer): boolean {
  return section[0] === 2 && section.length >= 12;
}

function listStreams(section: Buffer): [pid: number, type: number][] {
  const streams: [number, number][] = [];
  let at = 12 + (section.readUInt16BE(10) & 0xfff);
  while (at + 5 <= section.length) {
    streams.push([section.readUInt16BE(at + 1) & 0x1fff, section[at] as number]);
    at += 5 + (section.readUInt16BE(at + 3) & 0xfff);
  }
  return streams;
}
