import { boxesIn, findBox } from "./boxes";

/** The codec as RFC 6381 writes it, from the sample description of an initialisation segment. */
export function codecString(init: Buffer): string {
  const entry = sampleEntry(init);
  if (entry.type === "avc1") {
    const avcC = findBox(entry.payload.subarray(78), "avcC").payload;
    return `avc1.${avcC.toString("hex", 1, 4)}`;
  }
  if (entry.type === "mp4a") {
    const esds = findBox(entry.payload.subarray(28), "esds").payload;
    return `mp4a.40.${audioObjectType(esds.subarray(4))}`;
  }
  throw new Error(`There is no codec string for ${entry.type}.`);
}

/** The description of the track's samples: `stsd` as a whole, to be put into another movie. */
export function sampleDescription(init: Buffer): Buffer {
  return findBox(init, "moov", "trak", "mdia", "minf", "stbl", "stsd").bytes;
}

/** The language of the track's media as the movie header packs it (ISO/IEC 14496-12, 8.4.2). */
export function mediaLanguage(init: Buffer): number {
  const { payload } = findBox(init, "moov", "trak", "mdia", "mdhd");
  return payload.readUInt16BE(payload[0] === 1 ? 32 : 20);
}

function sampleEntry(init: Buffer): { type: string; payload: Buffer } {
  const entries = boxesIn(findBox(sampleDescription(init), "stsd").payload.subarray(8));
  const entry = entries[0];
  if (!entry) throw new Error("The initialisation segment describes no samples.");
  return entry;
}

const DECODER_SPECIFIC_INFO = 0x05;
const HEADER_LENGTHS: Record<number, number> = { 0x03: 3, 0x04: 13 };

/** Walks the nested descriptors of ISO/IEC 14496-1 down to the AudioSpecificConfig, whose first five bits are the type. */
function audioObjectType(descriptors: Buffer): number {
  let at = 0;
  while (at < descriptors.length) {
    const tag = descriptors.readUInt8(at++);
    while (descriptors.readUInt8(at++) & 0x80);
    if (tag === DECODER_SPECIFIC_INFO) return descriptors.readUInt8(at) >> 3;
    at += HEADER_LENGTHS[tag] ?? 0;
  }
  throw new Error("The audio's descriptors hold no decoder configuration.");
}
