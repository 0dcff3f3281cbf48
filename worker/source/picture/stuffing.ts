import { proresComponentEnds } from "./proresComponents";

/** What lies in a packet between pictures that are coded in it. */
export interface Stuffing {
  /** The bytes of which coded pictures have no long run. */
  fills: readonly number[];
  /** Of a packet, whether a run that ends at a place may be stuffing. */
  endsIn: (packet: Buffer) => (end: number) => boolean;
}

const [ZEROS, ONES] = [0x00, 0xff];

/** The packet ends there, or with the bit that ends units of H.264, HEVC and AV1. */
function endsPacket(packet: Buffer, end: number): boolean {
  return end === packet.length || (end === packet.length - 1 && packet[end] === 0x80);
}

/** A start code follows, or the packet ends. */
function endsUnit(packet: Buffer): (end: number) => boolean {
  return (end) => packet[end] === 1 || endsPacket(packet, end);
}

/** What a scan of JPEG begins with, and the numbers of codes of each length that most encoders use (ITU-T T.81, B.2.3 and K.3.3.2). */
const [SCAN, TABLES] = ["ffda", "ffc4"].map((marker) => Buffer.from(marker, "hex")) as [Buffer, Buffer];
const USUAL_CODES = Buffer.from("0002010303020403050504040000017d", "hex");

/** A marker follows, or the packet ends. Codes that are made for a picture may be zeros where nothing changes. */
function endsScan(packet: Buffer): (end: number) => boolean {
  if (packet.includes(TABLES) && !packet.includes(USUAL_CODES)) return () => true;
  const scan = packet.lastIndexOf(SCAN);
  return (end) => end < scan || packet[end] === 0xff || endsPacket(packet, end);
}

/** A component of a slice ends there, or the packet. */
function endsComponent(frame: Buffer): (end: number) => boolean {
  const ends = proresComponentEnds(frame);
  return (end) => ends.has(end) || endsPacket(frame, end);
}

const UNITS_WITHOUT_ZEROS: Stuffing = { fills: [ZEROS], endsIn: endsUnit };
const UNITS: Stuffing = { fills: [ZEROS, ONES], endsIn: endsUnit };
const PICTURES_WITHOUT_ZEROS: Stuffing = { fills: [ZEROS], endsIn: (packet) => (end) => endsPacket(packet, end) };
const PICTURES: Stuffing = { fills: [ZEROS, ONES], endsIn: (packet) => (end) => endsPacket(packet, end) };

/**
 * By the codec. Units of MPEG have no 23 zero bits one after the other (ISO 13818-2, 5.1.4), those of H.264 and HEVC no three zero bytes, and
 * each block of DV begins with its number. An arithmetic code has a long run only if hundreds of bits of information all say the same. The
 * codecs with runs of ones have a bit that is set for a block that doesn't change.
 */
export const STUFFING: Record<string, Stuffing> = {
  ...{ h264: UNITS_WITHOUT_ZEROS, mpeg4: UNITS_WITHOUT_ZEROS },
  ...{ hevc: UNITS, mpeg1video: UNITS, mpeg2video: UNITS },
  ...{ flv1: PICTURES_WITHOUT_ZEROS, h263: PICTURES_WITHOUT_ZEROS },
  ...{ msmpeg4v2: PICTURES_WITHOUT_ZEROS, msmpeg4v3: PICTURES_WITHOUT_ZEROS },
  ...{ wmv1: PICTURES_WITHOUT_ZEROS, wmv2: PICTURES_WITHOUT_ZEROS },
  ...{ vp8: PICTURES, vp9: PICTURES, av1: PICTURES },
  mjpeg: { fills: [ZEROS], endsIn: endsScan },
  dvvideo: { fills: [ZEROS, ONES], endsIn: () => () => false },
  prores: { fills: [ZEROS, ONES], endsIn: endsComponent },
};
