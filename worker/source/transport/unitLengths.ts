import { beginsElementary, hasPayload, NULL_PID, PACKET_BYTES, payloadOffset, pidOf } from "./transportStream";

/** Bytes of an elementary packet's header up to the end of its length (ISO 13818-1, 2.4.3.6). */
const LENGTH_END = 6;

/** Follows the elementary packets of all PIDs, to tell whether they are whole. */
export class UnitLengths {
  /** The bytes that the current one of each PID still lacks, or NaN if it doesn't say, and whether its last packet has room left. */
  private readonly units = new Map<number, { lacks: number; isFilledUp: boolean }>();

  /** Whether an elementary packet begins where the one before on its PID lacks its end, as far as that shows. */
  add(packet: Buffer): boolean {
    const pid = pidOf(packet);
    if (pid === NULL_PID || !hasPayload(packet)) return false;
    const [at, before] = [payloadOffset(packet), this.units.get(pid)];
    const begins = beginsElementary(packet);
    if (!begins && !before) return false;
    const length = begins && at + LENGTH_END <= PACKET_BYTES ? packet.readUInt16BE(at + 4) : 0;
    const stated = begins ? (length > 0 ? LENGTH_END + length : NaN) : (before?.lacks ?? NaN);
    // The next one begins in a packet of its own, so what is left of the last packet is filled up.
    this.units.set(pid, { lacks: stated - (PACKET_BYTES - at), isFilledUp: at > 4 });
    if (!begins || !before) return false;
    return Number.isNaN(before.lacks) ? !before.isFilledUp : before.lacks > 0;
  }
}
