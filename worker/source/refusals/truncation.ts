/** Reads a stretch of the file, or less where it ends. */
export type ReadRange = (start: number, length: number) => Promise<Buffer>;

/** More than the largest unit of the containers that are looked at from their end. */
const TAIL = 1 << 18;

type CutOff = (read: ReadRange, bytes: number) => Promise<boolean>;

/**
 * Containers that ffmpeg reads to a sudden end without a word. Each has units with a length, of which the last one tells
 * whether the file has all of it. A file that is cut exactly between two units can't be told from a shorter one, unless
 * its header says how long it is.
 */
const CHECKS: Record<string, CutOff> = {
  mpegts: endsInTransportPacket,
  flv: endsInFlvTag,
  avi: endsInRiff,
  asf: isShorterThanAsfSays,
  ogg: endsInOggPage,
  mpeg: endsInPesPacket,
  mov: endsInMovieFragment,
};

/** Whether a file ends in the middle of something. `formatName` is ffprobe's. */
export async function endsInTheMiddle(formatName: string, read: ReadRange, bytes: number): Promise<boolean> {
  const check = formatName.split(",").flatMap((name) => CHECKS[name] ?? [])[0];
  return check ? check(read, bytes) : false;
}

/** 188 bytes each, with a time before them on Blu-ray, or with 16 bytes of error correction behind. */
async function endsInTransportPacket(read: ReadRange, bytes: number): Promise<boolean> {
  const head = await read(0, 4 * 204);
  const size = [188, 192, 204].find((length) => {
    const at = length === 192 ? 4 : 0;
    return [0, 1, 2].every((packet) => head[at + packet * length] === 0x47);
  });
  return size !== undefined && bytes % size !== 0;
}

/** Behind each tag stands its length: 11 bytes, and the data whose length is in them. */
async function endsInFlvTag(read: ReadRange, bytes: number): Promise<boolean> {
  const length = (await read(bytes - 4, 4)).readUInt32BE(0);
  if (length < 11 || length > bytes - 13) return true;
  const tag = await read(bytes - 4 - length, 4);
  return ![8, 9, 18].includes(tag.readUInt8(0)) || tag.readUIntBE(1, 3) !== length - 11;
}

/** RIFF chunks of a gigabyte or so follow each other. A writer that could not go back left 0 or -1 for their length. */
async function endsInRiff(read: ReadRange, bytes: number): Promise<boolean> {
  let at = 0;
  while (at + 8 <= bytes) {
    const head = await read(at, 8);
    const length = head.readUInt32LE(4);
    if (head.toString("latin1", 0, 4) !== "RIFF" || length === 0 || length === 0xffffffff) return false;
    at += 8 + length;
  }
  return at > bytes;
}

/** The GUID of the object that has the size of the whole file, unless that was broadcast. */
const ASF_FILE_PROPERTIES = Buffer.from("a1dcab8c47a9cf118ee400c00c205365", "hex");

async function isShorterThanAsfSays(read: ReadRange, bytes: number): Promise<boolean> {
  const head = await read(0, 1 << 16);
  const at = head.indexOf(ASF_FILE_PROPERTIES);
  if (at < 0 || at + 92 > head.length) return false;
  const broadcast = (head.readUInt32LE(at + 88) & 1) === 1;
  return !broadcast && head.readBigUInt64LE(at + 40) > BigInt(bytes);
}

/** A page begins with the lengths of its segments. */
async function endsInOggPage(read: ReadRange, bytes: number): Promise<boolean> {
  const tail = await readTail(read, bytes);
  const at = tail.lastIndexOf("OggS");
  if (at < 0) return false;
  const segments = tail[at + 26] ?? 0;
  const lengths = tail.subarray(at + 27, at + 27 + segments);
  return at + 27 + segments + lengths.reduce((sum, length) => sum + length, 0) > tail.length;
}

const PACK_HEADER = Buffer.from("000001ba", "hex");
const PROGRAM_END = 0x1b9;

/** A pack of a program stream: its header, and packets with a start code and a length. */
async function endsInPesPacket(read: ReadRange, bytes: number): Promise<boolean> {
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

/** A `moof` box has a `mfhd` first, and its media follow in a box of their own. */
async function endsInMovieFragment(read: ReadRange, bytes: number): Promise<boolean> {
  const tail = await readTail(read, bytes);
  for (let at = tail.lastIndexOf("moof"); at >= 4; at = tail.lastIndexOf("moof", at - 1)) {
    if (tail.toString("latin1", at + 8, at + 12) !== "mfhd") continue;
    const media = at - 4 + tail.readUInt32BE(at - 4);
    // Of more than four gigabytes, or to the end of the file, the length says nothing here.
    return media + 8 > tail.length || media + tail.readUInt32BE(media) > tail.length;
  }
  return false;
}

function readTail(read: ReadRange, bytes: number): Promise<Buffer> {
  const length = Math.min(TAIL, bytes);
  return read(bytes - length, length);
}
