import { boxesIn, findBox } from "./boxes";

/** The codec as RFC 6381 writes it, from the sample description of an initialisation segment. */
export function codecString(init: Buffer): string {
  const { type, payload } = sampleEntry(init);
  if (type === "mp4a") {
    const esds = findBox(payload.subarray(28), "esds").payload;
    return `mp4a.40.${audioObjectType(esds.subarray(4))}`;
  }
  const form = PICTURES[type];
  if (!form) throw new Error(`There is no codec string for ${type}.`);
  const boxes = payload.subarray(78);
  return `${type}.${form.write(findBox(boxes, form.configuration).payload, coloursOf(boxes))}`;
}

/** By sample entry: the box with the decoder's configuration, and what follows on the entry's name. */
const PICTURES: Record<string, { configuration: string; write: (bytes: Buffer, colours: Colours) => string }> = {
  avc1: { configuration: "avcC", write: (avcC) => avcC.toString("hex", 1, 4) },
  hvc1: { configuration: "hvcC", write: hevc },
  av01: { configuration: "av1C", write: av1 },
  vp09: { configuration: "vpcC", write: vp9 },
};

/** ISO/IEC 14496-15, E.3: profile, compatible profiles backwards, tier and level, and constraints up to the last set one. */
function hevc(hvcC: Buffer): string {
  const space = ["", "A", "B", "C"][hvcC.readUInt8(1) >> 6] ?? "";
  const profile = hvcC.readUInt8(1) & 0x1f;
  const tier = hvcC.readUInt8(1) & 0x20 ? "H" : "L";
  const constraints = [...hvcC.subarray(6, 12)];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    `${space}${profile}`,
    reversed(hvcC.readUInt32BE(2)).toString(16).toUpperCase(),
    `${tier}${hvcC.readUInt8(12)}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join(".");
}

function reversed(bits: number): number {
  let result = 0;
  for (let bit = 0; bit < 32; bit++) result = (result << 1) | ((bits >>> bit) & 1);
  return result >>> 0;
}

/** AV1 Codec ISO Media File Format Binding, 5: profile, level and tier, bits; and the colours where they are not BT.709. */
function av1(av1C: Buffer, colours: Colours): string {
  const [profileAndLevel, flags] = [av1C.readUInt8(1), av1C.readUInt8(2)];
  const bits = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8;
  const tier = flags & 0x80 ? "H" : "M";
  const short = [String(profileAndLevel >> 5), twoDigits(profileAndLevel & 0x1f) + tier, twoDigits(bits)];
  if (isUsual(colours)) return short.join(".");
  const sampling = `${(flags >> 3) & 1}${(flags >> 2) & 1}${flags & 3}`;
  return [...short, (flags >> 4) & 1, sampling, ...described(colours), colours.fullRange].join(".");
}

/** VP Codec ISO Media File Format Binding: the same of VP9. */
function vp9(vpcC: Buffer, colours: Colours): string {
  const [profile = 0, level = 0, packed = 0] = vpcC.subarray(4, 7);
  const short = [profile, level, packed >> 4].map(twoDigits);
  if (isUsual(colours)) return short.join(".");
  return [...short, twoDigits((packed >> 1) & 7), ...described(colours), twoDigits(colours.fullRange)].join(".");
}

/** As `colr` numbers them (ISO/IEC 23091-2). */
interface Colours {
  primaries: number;
  transfer: number;
  matrix: number;
  fullRange: 0 | 1;
}

const BT709 = 1;

/** BT.709 in the limited range, which players take for granted where a codec string says nothing. */
function isUsual({ primaries, transfer, matrix, fullRange }: Colours): boolean {
  return primaries === BT709 && transfer === BT709 && matrix === BT709 && fullRange === 0;
}

function described({ primaries, transfer, matrix }: Colours): string[] {
  return [primaries, transfer, matrix].map(twoDigits);
}

function coloursOf(boxes: Buffer): Colours {
  const colr = boxesIn(boxes).find(
    ({ type, payload }) => type === "colr" && payload.toString("latin1", 0, 4) === "nclx",
  );
  if (!colr) return { primaries: BT709, transfer: BT709, matrix: BT709, fullRange: 0 };
  const { payload } = colr;
  const [primaries, transfer, matrix] = [payload.readUInt16BE(4), payload.readUInt16BE(6), payload.readUInt16BE(8)];
  return { primaries, transfer, matrix, fullRange: payload.readUInt8(10) & 0x80 ? 1 : 0 };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
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
