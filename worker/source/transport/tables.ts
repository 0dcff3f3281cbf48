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
export function readTables(bytes: Buffer, layout: Layout): StreamTables {
  const [tablePids, clockPids] = [new Set([PAT_PID]), new Set<number>()];
  const streamTypes = new Map<number, number>();
  readSections(bytes, layout, tablePids, (_, section) => {
    if (!describesProgramme(section)) return;
    clockPids.add(section.readUInt16BE(8) & 0x1fff);
    for (const [stream, entry] of listStreams(section)) streamTypes.set(stream, entry[0] as number);
  });
  return { tablePids, clockPids, streamTypes };
}

const CHECKSUM_BYTES = 4;

/**
 * Finds the sections of tables among some packets, without their checksums.
 *
 * @param tablePids Those to look for. Those that a list of programmes names are added.
 * @param found Gets the position at which a section ends too.
 */
export function readSections(
  bytes: Buffer,
  { stride, offset }: Layout,
  tablePids: Set<number>,
  found: (pid: number, section: Buffer, at: number) => void,
): void {
  /** The section that is being collected, by PID. */
  const sections = new Map<number, Buffer>();
  for (let at = offset; at + PACKET_BYTES <= bytes.length; at += stride) {
    const packet = bytes.subarray(at, at + PACKET_BYTES);
    const pid = pidOf(packet);
    if (!tablePids.has(pid) || packet[0] !== 0x47) continue;
    const payload = packet.subarray(payloadOffset(packet));
    const before = sections.get(pid);
    const begun = beginsUnit(packet) ? payload.subarray(1 + (payload[0] ?? 0)) : undefined;
    const section = begun ?? (before && Buffer.concat([before, payload]));
    if (!section) continue;
    sections.set(pid, section);
    const length = section.length < 3 ? Infinity : 3 + (section.readUInt16BE(1) & 0xfff);
    if (section.length < length) continue;
    sections.delete(pid);
    const contents = section.subarray(0, length - CHECKSUM_BYTES);
    if (pid === PAT_PID) listProgrammes(contents).forEach((listed) => tablePids.add(listed));
    found(pid, contents, at - offset);
  }
}

/** The PIDs of the programmes' tables. */
export function listProgrammes(section: Buffer): number[] {
  const pids: number[] = [];
  for (let at = 8; at + 4 <= section.length; at += 4) {
    // Programme 0 is no programme, but a table about the network.
    if (section.readUInt16BE(at) !== 0) pids.push(section.readUInt16BE(at + 2) & 0x1fff);
  }
  return pids;
}

/** Whether a section is a programme's table. */
export function describesProgramme(section: Buffer): boolean {
  return section[0] === 2 && section.length >= 12;
}

/** What a programme's table says of each stream, by its PID. */
export function listStreams(section: Buffer): Map<number, Buffer> {
  const streams = new Map<number, Buffer>();
  for (let at = streamsAt(section); at + 5 <= section.length;) {
    const end = at + 5 + (section.readUInt16BE(at + 3) & 0xfff);
    streams.set(section.readUInt16BE(at + 1) & 0x1fff, section.subarray(at, end));
    at = end;
  }
  return streams;
}

/** A programme's table that lists these streams. Undefined if it doesn't fit into a packet. */
export function writeTable(like: Buffer, streams: readonly Buffer[]): Buffer | undefined {
  const table = Buffer.concat([like.subarray(0, streamsAt(like)), ...streams]);
  const length = table.length + CHECKSUM_BYTES;
  if (length > LONGEST_SECTION) return undefined;
  table.writeUInt16BE((table.readUInt16BE(1) & 0xf000) | (length - 3), 1);
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32BE(checksumOf(table));
  return Buffer.concat([table, checksum]);
}

/** Where the list of streams begins in a programme's table. */
function streamsAt(section: Buffer): number {
  return 12 + (section.readUInt16BE(10) & 0xfff);
}

/** Bytes after a packet's header, and that which says where the section begins. */
const LONGEST_SECTION = PACKET_BYTES - 5;

/** As in ISO 13818-1, annex A. */
function checksumOf(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}
