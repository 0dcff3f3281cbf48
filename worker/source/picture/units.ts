const START_CODE = Buffer.from("000001", "hex");

/** Units of H.264 and HEVC, between start codes or behind their length in four bytes. The last may not be whole. */
export function unitsIn(packet: Buffer): Buffer[] {
  const units: Buffer[] = [];
  if (beginsWithStartCode(packet)) {
    for (let at = packet.indexOf(START_CODE); at >= 0;) {
      const next = packet.indexOf(START_CODE, at + START_CODE.length);
      units.push(packet.subarray(at + START_CODE.length, next < 0 ? undefined : next));
      at = next;
    }
    return units;
  }
  for (let at = 0; at + 4 < packet.length; at += 4 + packet.readUInt32BE(at)) {
    units.push(packet.subarray(at + 4, at + 4 + packet.readUInt32BE(at)));
  }
  return units;
}

/** A unit of 256 to 511 bytes has a length like a start code of three bytes. Behind it the packet ends, or another length begins with 0. */
function beginsWithStartCode(packet: Buffer): boolean {
  if (packet.length < 4) return false;
  const length = packet.readUInt32BE(0);
  if (length >> 8 !== 1) return length === 1;
  const end = 4 + length;
  return end !== packet.length && packet[end] !== 0;
}
