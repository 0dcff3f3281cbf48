import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { unitsIn } from "../picture/units";
import { beginsUnit, PACKET_BYTES, payloadOffset, SYNC } from "../transport/transportStream";
import type { ListedPacket } from "./listedPacket";

/** Bytes: a packet with no picture has little more than a delimiter and what is said of a picture. */
const MOST = 256;

/** Whether a unit that begins with a byte is a part of a picture: ISO 14496-10, table 7-1, and ISO 23008-2, table 7-1. */
const PARTS: Record<string, (first: number) => boolean> = {
  h264: (first) => [1, 2, 3, 4, 5].includes(first & 0x1f),
  hevc: (first) => ((first >> 1) & 0x3f) < 32,
};

/** Bytes of the length before each unit, as the track's description states it. */
const LENGTHS = [4, 2, 1];

/**
 * Whether a packet of H.264 or HEVC has no part of a picture: in an MP4, where writers take what precedes a picture for one, or what follows
 * the last, and in a transport stream that ends with what precedes a picture. In other containers ffmpeg divides what it reads into packets
 * itself.
 */
export async function hasNoPicture(
  { format }: Pick<Probe, "format">,
  { codec_name = "" }: ProbeStream,
  { size, position }: Pick<ListedPacket, "size" | "position">,
  read: ReadUpTo,
): Promise<boolean> {
  const isPart = PARTS[codec_name];
  if (!isPart || size > MOST || Number.isNaN(position)) return false;
  if (isContainer(format, ["mpegts"])) {
    const bytes = packetIn(await read(position, PACKET_BYTES), size);
    const areUnits = bytes !== undefined && /^0000(?:00)?01/.test(bytes.toString("hex", 0, 4));
    return areUnits && !unitsIn(bytes).some(([first = 0]) => isPart(first));
  }
  if (!isContainer(format, ["mov"])) return false;
  const bytes = await read(position, size);
  const units = LENGTHS.map((length) => firstBytes(bytes, length)).find((found) => found !== undefined);
  return units !== undefined && !units.some(isPart);
}

/** Bytes of the header of an elementary packet, whose last one counts what else belongs to it: ISO 13818-1, 2.4.3.6. */
const PES_HEADER = 9;

/** What a packet of a transport stream contains, if that is all of a picture's packet of this size. */
function packetIn(transport: Buffer, size: number): Buffer | undefined {
  if (transport.length < PACKET_BYTES || transport[0] !== SYNC || !beginsUnit(transport)) return undefined;
  const pes = payloadOffset(transport);
  const begins = pes + PES_HEADER + (transport[pes + PES_HEADER - 1] ?? 0);
  return begins === PACKET_BYTES - size ? transport.subarray(begins) : undefined;
}

/** The first byte of each unit. Undefined if the units don't end with the packet. */
function firstBytes(bytes: Buffer, length: number): number[] | undefined {
  const found: number[] = [];
  let at = 0;
  while (at + length < bytes.length) {
    found.push(bytes[at + length] as number);
    at += length + bytes.readUIntBE(at, length);
  }
  return at === bytes.length ? found : undefined;
}

/** Where the parts of pictures begin in a packet: what is said of them before may be anything. It is the packet's end if it has none. */
export function slicesFrom(packet: Buffer, codec: string): number {
  const isPart = PARTS[codec];
  if (!isPart) return 0;
  const first = unitsIn(packet).find(([byte = 0]) => isPart(byte));
  return first ? first.byteOffset - packet.byteOffset : packet.length;
}
