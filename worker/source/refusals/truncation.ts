import { FILE_PROPERTIES, HEADER_BYTES } from "../asf/fileProperties";
import { repeatsLengths } from "../flv/tagLengths";
import { flvTags } from "../flv/tags";
import type { ReadUpTo } from "../../storage/readRange";

/** Bytes: more than the largest unit of any container that is read from its end. */
const TAIL = 1 << 18;

/** Whether the file is cut off, or how many bytes it lacks if its header states its length. */
type Check = (read: ReadUpTo, bytes: number) => Promise<boolean | number>;

/**
 * The containers whose truncation ffmpeg doesn't report. They consist of units that state their length, so the last one shows whether
 * the file has all of it. A file cut exactly between two units looks like a shorter one, unless its header states the length.
 */
const CHECKS: Record<string, Check> = {
  mpegts: endsInTransportPacket,
  flv: endsInFlvTag,
  avi: missingFromRiff,
  asf: missingFromAsf,
  ogg: endsInOggPage,
  mpeg: endsInPesPacket,
  mov: endsInMovieFragment,
};

/**
 * How many bytes a file lacks. At least 1 if it ends in the middle of a unit; more only if its header states how long the file is.
 *
 * @param formatName ffprobe's.
 */
export async function missingBytes(formatName: string, read: ReadUpTo, bytes: number): Promise<number> {
  const check = formatName.split(",").flatMap((name) => CHECKS[name] ?? [])[0];
  return Number((await check?.(read, bytes)) ?? 0);
}

/** What a packet begins with, behind its timestamp. */
const SYNC = 0x47;
const IN_A_ROW = [0, 1, 2];

/**
 * Packets have 188 bytes, preceded by a timestamp on Blu-ray, or followed by 16 bytes of error correction. Behind the last of them a recorder
 * may leave other bytes, such as those that it reserved.
 */
async function endsInTransportPacket(read: ReadUpTo, bytes: number): Promise<boolean> {
  const head = await read(0, 4 * 204);
  const size = [188, 192, 204].find((length) =>
    IN_A_ROW.every((packet) => head[syncOf(length) + packet * length] === SYNC),
  );
  if (size === undefined || bytes % size === 0) return false;
  const length = Math.min(bytes, (IN_A_ROW.length + 1) * size);
  const tail = await read(bytes - length, length);
  // Packets may be counted from another byte than the first, behind a hole.
  const begin = Array.from({ length: size }, (_, at) => at).find((at) =>
    IN_A_ROW.every((packet) => tail[at + syncOf(size) + packet * size] === SYNC),
  );
  if (begin === undefined) return false;
  const last = tail.subarray(begin + IN_A_ROW.length * size);
  return last.length > 0 && last.length < size && [SYNC, undefined].includes(last[syncOf(size)]);
}

function syncOf(size: number): number {
  return size === 192 ? 4 : 0;
}

/** Each tag is followed by its length: the 11 bytes of its header plus the data, whose length the header states. */
async function endsInFlvTag(read: ReadUpTo, bytes: number): Promise<boolean> {
  if (!(await repeatsLengths(read))) return !(await endsBehindTag(read, bytes));
  const length = (await read(bytes - 4, 4)).readUInt32BE(0);
  if (length < 11 || length > bytes - 13) return true;
  const tag = await read(bytes - 4 - length, 4);
  return ![8, 9, 18].includes(tag.readUInt8(0)) || tag.readUIntBE(1, 3) !== length - 11;
}

async function endsBehindTag(read: ReadUpTo, bytes: number): Promise<boolean> {
  for await (const { end } of flvTags(read, bytes)) if (end === bytes) return true;
  return false;
}

/** A file is a sequence of RIFF chunks of about a gigabyte. A writer that could not seek back left 0 or -1 as their length. */
async function missingFromRiff(read: ReadUpTo, bytes: number): Promise<number> {
  let at = 0;
  while (at + 8 <= bytes) {
    const head = await read(at, 8);
    const length = head.readUInt32LE(4);
    if (head.toString("latin1", 0, 4) !== "RIFF" || length === 0 || length === 0xffffffff) return 0;
    at += 8 + length;
  }
  return Math.max(0, at - bytes);
}

/** Its header states the size of the whole file, unless the file is a recorded broadcast. */
async function missingFromAsf(read: ReadUpTo, bytes: number): Promise<number> {
  const head = await read(0, HEADER_BYTES);
  const at = head.indexOf(FILE_PROPERTIES);
  if (at < 0 || at + 92 > head.length) return 0;
  const broadcast = (head.readUInt32LE(at + 88) & 1) === 1;
  return broadcast ? 0 : Math.max(0, Number(head.readBigUInt64LE(at + 40)) - bytes);
}

/** Each page begins with the lengths of its segments. */
async function endsInOggPage(read: ReadUpTo, bytes: number): Promise<boolean> {
  const tail = await readTail(read, bytes);
  const at = tail.lastIndexOf("OggS");
  if (at < 0) return false;
  const segments = tail[at + 26] ?? 0;
  const lengths = tail.subarray(at + 27, at + 27 + segments);
  return at + 27 + segments + lengths.reduce((sum, length) => sum + length, 0) > tail.length;
}

const PACK_HEADER = Buffer.from("000001ba", "hex");
const PROGRAM_END = 0x1b9;

/** A program stream consists of packs: a header, then packets with a start code and a length. */
async function endsInPesPacket(read: ReadUpTo, bytes: number): Promise<boolean> {
  const tail = await readTail(read, bytes);
  const pack = tail.lastIndexOf(PACK_HEADER);
  if (pack < 0) return false;
  const isMpeg2 = ((tail[pack + 4] ?? 0) & 0xc0) === 0x40;
  let at = pack + (isMpeg2 ? 14 + ((tail[pack + 13] ?? 0) & 7) : 12);
  while (at + 6 <= tail.length) {
    if (tail.readUIntBE(at, 3) !== 1) return false;
    at += 6 + tail.readUInt16BE(at + 4);
  }
  return at > tail.length || (at < tail.length && !(at + 4 === tail.length && tail.readUInt32BE(at) === PROGRAM_END));
}

/** A `moof` box begins with an `mfhd` box, and is followed by a box with its media. */
async function endsInMovieFragment(read: ReadUpTo, bytes: number): Promise<boolean> {
  const tail = await readTail(read, bytes);
  for (let at = tail.lastIndexOf("moof"); at >= 4; at = tail.lastIndexOf("moof", at - 1)) {
    if (tail.toString("latin1", at + 8, at + 12) !== "mfhd") continue;
    const media = at - 4 + tail.readUInt32BE(at - 4);
    // A length of 0 or 1 means up to the end of the file, or more than four gigabytes; both pass here.
    return media + 8 > tail.length || media + tail.readUInt32BE(media) > tail.length;
  }
  return false;
}

function readTail(read: ReadUpTo, bytes: number): Promise<Buffer> {
  const length = Math.min(TAIL, bytes);
  return read(bytes - length, length);
}
