import { BEGINS, wholePagesIn } from "./pages";

/** What a stream of Ogg says of itself in the packet that it begins with. */
export interface StreamHead {
  /** How many pictures or samples it has a second. */
  rate: number;
  /** By how much the position of a page rises with each of those. */
  step: number;
  /** Whether one of its packets is a header. */
  isHeader: (packet: Buffer) => boolean;
}

interface Codec extends Pick<StreamHead, "isHeader"> {
  /** What its first header begins with. */
  begin: string;
  read: (head: Buffer) => Pick<StreamHead, "rate" | "step">;
}

/** Theora I, 6.2; Vorbis I, 4.2; RFC 9639, 10.1; RFC 7845, 5; and the mapping of VP8. */
const CODECS: readonly Codec[] = [
  {
    begin: "\x80theora",
    isHeader: ([first = 0]) => first >= 0x80,
    // The number of the keyframe comes before that of the pictures behind it, which has so many bits.
    read: (head) => ({
      rate: head.readUInt32BE(22) / head.readUInt32BE(26),
      step: 2 ** ((head.readUInt16BE(40) >> 5) & 31),
    }),
  },
  {
    begin: "OVP80\x01",
    isHeader: (packet) => packet.toString("latin1", 0, 5) === "OVP80",
    read: (head) => ({ rate: head.readUInt32BE(18) / head.readUInt32BE(22), step: 2 ** 32 }),
  },
  {
    begin: "\x01vorbis",
    isHeader: ([first = 0]) => first % 2 === 1,
    read: (head) => ({ rate: head.readUInt32LE(12), step: 1 }),
  },
  {
    begin: "\x7fFLAC",
    isHeader: ([first]) => first !== 0xff,
    read: (head) => ({ rate: head.readUIntBE(27, 3) >> 4, step: 1 }),
  },
  {
    begin: "OpusHead",
    isHeader: (packet) => /^Opus(?:Head|Tags)/.test(packet.toString("latin1", 0, 8)),
    read: () => ({ rate: 48_000, step: 1 }),
  },
];

/** Bytes that all of these packets fit into, as far as they are read. */
const HEAD_BYTES = 64;

/** Undefined for other codecs. */
function readStreamHead(packet: Buffer): StreamHead | undefined {
  const head = Buffer.concat([packet.subarray(0, HEAD_BYTES), Buffer.alloc(HEAD_BYTES)]);
  const codec = CODECS.find(({ begin }) => head.toString("latin1", 0, begin.length) === begin);
  if (!codec) return undefined;
  const { rate, step } = codec.read(head);
  return rate > 0 && Number.isFinite(rate) ? { rate, step, isHeader: codec.isHeader } : undefined;
}

/** By their serial number, the streams that begin within bytes. */
export function readStreamHeads(bytes: Buffer): Map<number, StreamHead> {
  const heads = new Map<number, StreamHead>();
  for (const { flags, serial, body } of wholePagesIn(bytes)) {
    const head = (flags & BEGINS) === 0 ? undefined : readStreamHead(body);
    if (head) heads.set(serial, head);
  }
  return heads;
}
