const START_CODE = Buffer.from("000001", "hex");

/** Units of H.264 and HEVC, between start codes or behind their length in four bytes. The last may not be whole. */
export function unitsIn(packet: Buffer): Buffer[] {
  const units: Buffer[] = [];
  if (/^0{4}(?:00)?01/.test(packet.toString("hex", 0, 4))) {
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
