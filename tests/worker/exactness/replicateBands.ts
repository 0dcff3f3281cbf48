/** Rates of AAC by their number in its headers (ISO 14496-3, table 1.18). */
const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000];

/** Bits of an element that announces data for replicating spectral bands, and has none. It makes decoders double the rate. */
const EMPTY_REPLICATION = "110" + "0001" + "1101" + "0000";

/** The last element of a frame. */
const END = "111";

const HEADER_BYTES = 7;

/** Makes HE-AAC of the AAC that an encoder of ffmpeg wrote as ADTS, without any sign of that outside its frames. */
export function replicate(adts: Buffer): { frames: Buffer; rate: number } {
  const frames: Buffer[] = [];
  for (let at = 0; at < adts.length;) {
    const length = (adts.readUInt32BE(at + 3) >>> 13) & 0x1fff;
    frames.push(replicateFrame(adts.subarray(at, at + length)));
    at += length;
  }
  return { frames: Buffer.concat(frames), rate: 2 * (RATES[((adts[2] as number) >> 2) & 15] as number) };
}

function replicateFrame(frame: Buffer): Buffer {
  const bits = [...frame.subarray(HEADER_BYTES)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  // Behind the last element come zeros up to the next byte.
  const contents = bits.slice(0, bits.lastIndexOf("1") + 1 - END.length) + EMPTY_REPLICATION + END;
  const bytes = contents.match(/.{1,8}/g)?.map((byte) => parseInt(byte.padEnd(8, "0"), 2)) ?? [];
  const header = Buffer.from(frame.subarray(0, HEADER_BYTES));
  const length = HEADER_BYTES + bytes.length;
  header.writeUInt32BE(((header.readUInt32BE(3) & ~(0x1fff << 13)) | (length << 13)) >>> 0, 3);
  return Buffer.concat([header, Buffer.from(bytes)]);
}
