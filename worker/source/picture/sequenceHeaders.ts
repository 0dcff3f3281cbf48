import type { Probe, ProbeStream } from "../ffprobe/output";
import type { ReadUpTo } from "../../storage/readRange";
import { findBeginOf, type BeginOf } from "./packetBegin";
import { readLeb128 } from "./leb128";
import { unitsIn } from "./units";

/** More bytes than come before the end of a packet's sequence headers. */
const HEAD = 4096;

/** Parts of a picture's packet in which a codec states size, shape and colours of the pictures from there on. */
type FindHeaders = (packet: Buffer) => Buffer[];

const FINDERS: Record<string, FindHeaders> = {
  h264: (packet) => unitsIn(packet).filter(([first = 0]) => (first & 0x1f) === 7),
  hevc: (packet) => unitsIn(packet).filter(([first = 0]) => ((first >> 1) & 0x3f) === 33),
  av1: (packet) => av1UnitsIn(packet).filter(([first = 0]) => ((first >> 3) & 15) === 1),
  mpeg2video: mpeg2Headers,
};

/**
 * Compares what the keyframes state of their pictures while packets are listed, which needs no decoding: whoever lists them reads the
 * file there anyway.
 */
export class SequenceHeaders {
  private readonly found = new Set<string>();

  private constructor(
    private readonly read: ReadUpTo,
    private readonly beginOf: BeginOf,
    private readonly find: FindHeaders,
  ) {}

  /** Undefined for codecs whose pictures don't state it in this way, and for other containers. */
  static of(read: ReadUpTo, { format }: Probe, { codec_name = "" }: ProbeStream): SequenceHeaders | undefined {
    const find = FINDERS[codec_name];
    const beginOf = findBeginOf(format);
    return find && beginOf && new SequenceHeaders(read, beginOf, find);
  }

  /** Takes a packet of the video. */
  async add({ key, position, size }: { key: boolean; position: number; size: number }): Promise<void> {
    if (!key || this.differ || Number.isNaN(position)) return;
    const stored = await this.read(position, HEAD);
    const begin = this.beginOf(stored);
    const packet = stored.subarray(begin, begin + size);
    // Keyframes that state nothing have the headers that the container states.
    this.found.add(
      this.find(packet)
        .map((header) => header.toString("base64"))
        .join(),
    );
  }

  /** Whether there are several, which may differ in what matters. */
  get differ(): boolean {
    return this.found.size > 1;
  }
}

/** The units of AV1 that state their size (AV1 specification, 5.3). */
function av1UnitsIn(packet: Buffer): Buffer[] {
  const units: Buffer[] = [];
  for (let at = 0; at < packet.length;) {
    const first = packet[at] as number;
    const hasSize = (first & 2) !== 0;
    const sizeAt = at + ((first & 4) !== 0 ? 2 : 1);
    const [size, body] = hasSize ? readLeb128(packet, sizeAt) : [packet.length - sizeAt, sizeAt];
    // Without its size, which may be written in several ways.
    units.push(Buffer.concat([packet.subarray(at, at + 1), packet.subarray(body, body + size)]));
    at = body + size;
  }
  return units;
}

const SEQUENCE = Buffer.from("000001b3", "hex");
const [GROUP, PICTURE] = ["000001b8", "00000100"].map((code) => Buffer.from(code, "hex")) as [Buffer, Buffer];

/** The header of a sequence with its extensions, up to the group of pictures or the picture (ISO 13818-2, 6.2.2). */
function mpeg2Headers(packet: Buffer): Buffer[] {
  const from = packet.indexOf(SEQUENCE);
  if (from < 0) return [];
  const ends = [GROUP, PICTURE].map((code) => packet.indexOf(code, from)).filter((at) => at >= 0);
  return [packet.subarray(from, Math.min(packet.length, ...ends))];
}
