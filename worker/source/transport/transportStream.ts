/** A transport stream consists of packets of this many bytes (ISO 13818-1, 2.4.3). */
export const PACKET_BYTES = 188;

/** The byte with which each begins. */
export const SYNC = 0x47;

/** Identifies packets that contain nothing. */
export const NULL_PID = 0x1fff;

/** Identifies the packets of the table that lists the programmes. */
export const PAT_PID = 0;

/** Where packets lie in a file: each after a timestamp on Blu-ray, or before 16 bytes of error correction. */
export interface Layout {
  /** Bytes from one packet to the next. */
  stride: number;
  /** Bytes before the first one. */
  offset: number;
}

/** Determines the layout of a file by its beginning. Undefined if it doesn't begin with packets. */
export function layoutOf(head: Buffer): Layout | undefined {
  return [
    { stride: PACKET_BYTES, offset: 0 },
    { stride: 192, offset: 4 },
    { stride: 204, offset: 0 },
  ].find(({ stride, offset }) => [0, 1, 2, 3].every((packet) => head[offset + packet * stride] === SYNC));
}

export function pidOf(packet: Buffer): number {
  return packet.readUInt16BE(1) & 0x1fff;
}

/** The position of the packet in which something begins, as the demuxer counts it in each layout. */
export function packetAt(position: number, { stride }: Layout): number {
  return Math.ceil(position / stride) * stride;
}

/** Whether a packet has contents. Those without aren't counted. */
export function hasPayload(packet: Buffer): boolean {
  return ((packet[3] as number) & 0x10) !== 0;
}

/** Whether a section or an elementary packet begins in it. */
export function beginsUnit(packet: Buffer): boolean {
  return ((packet[1] as number) & 0x40) !== 0;
}

/** Counts the packets of a PID, from 0 to 15 and again. */
export function counterOf(packet: Buffer): number {
  return (packet[3] as number) & 0x0f;
}

/** Whether a packet says that something new begins with it: its counter, or the programme's clock if it carries that. */
export function isDiscontinuous(packet: Buffer): boolean {
  const hasFlags = ((packet[3] as number) & 0x20) !== 0 && packet[4] !== 0;
  return hasFlags && ((packet[5] as number) & 0x80) !== 0;
}

/** Where a packet's contents begin. */
export function payloadOffset(packet: Buffer): number {
  const control = (packet[3] as number) & 0x30;
  if ((control & 0x10) === 0) return PACKET_BYTES;
  return control === 0x30 ? 5 + (packet[4] as number) : 4;
}

/** Whether an elementary packet begins in it, as its contents say too. */
export function beginsElementary(packet: Buffer): boolean {
  const at = payloadOffset(packet);
  return beginsUnit(packet) && at + 3 <= PACKET_BYTES && packet.readUIntBE(at, 3) === 1;
}

/**
 * Whether a unit begins in a packet that can't be read without a key (ISO 13818-1, 2.4.3.3). Receivers may leave the mark of scrambled packets
 * in those that they have descrambled.
 */
export function beginsScrambled(packet: Buffer): boolean {
  return ((packet[3] as number) & 0xc0) !== 0 && beginsUnit(packet) && !beginsElementary(packet);
}

/** The offsets of an elementary packet's timestamps, if it begins in this packet. */
export function timestampOffsets(packet: Buffer): number[] {
  if (!beginsUnit(packet)) return [];
  const at = payloadOffset(packet);
  if (at + 9 > PACKET_BYTES || packet.readUIntBE(at, 3) !== 1 || ((packet[at + 6] as number) & 0xc0) !== 0x80)
    return [];
  const flags = (packet[at + 7] as number) >> 6;
  const offsets = flags === 3 ? [at + 9, at + 14] : flags === 2 ? [at + 9] : [];
  return offsets.every((offset) => offset + 5 <= PACKET_BYTES) ? offsets : [];
}

/** Ticks after which timestamps begin again at 0. */
const WRAP = 2 ** 33;

/** Adds ticks to a timestamp of 33 bits, which is spread over 5 bytes. */
export function addTicks(packet: Buffer, at: number, ticks: number): void {
  const [first = 0, , third = 0, , fifth = 0] = packet.subarray(at, at + 5);
  const high = (first >> 1) & 7;
  const value = high * 2 ** 30 + (packet.readUInt16BE(at + 1) >> 1) * 2 ** 15 + (packet.readUInt16BE(at + 3) >> 1);
  const sum = (((value + ticks) % WRAP) + WRAP) % WRAP;
  const middle = Math.floor(sum / 2 ** 15) % 2 ** 15;
  packet[at] = (first & 0xf1) | (Math.floor(sum / 2 ** 30) << 1);
  packet.writeUInt16BE(((middle << 1) | (third & 1)) & 0xffff, at + 1);
  packet.writeUInt16BE((((sum % 2 ** 15) << 1) | (fifth & 1)) & 0xffff, at + 3);
}
