import type { ReadUpTo } from "../../storage/readRange";
import { fileBoxes } from "../../fmp4/fileBoxes";
import { BEGINS, pagesIn } from "../ogg/pages";

/** A file to look into: its length, and where the last packet ends that ffmpeg finds in it. */
export interface ReadFile {
  read: ReadUpTo;
  bytes: number;
  packetsEnd: number;
}

type Check = (file: ReadFile) => Promise<boolean>;

/** The containers of which ffmpeg reads only the first file, or mixes them up, if several were written one after the other. */
const CHECKS: Record<string, Check> = {
  mov: hasSecondMovie,
  flv: ({ read, packetsEnd }) => hasSignature(read, packetsEnd, Buffer.from("FLV\u0001")),
  mxf: hasSecondMxf,
  asf: ({ read, packetsEnd }) => hasSignature(read, packetsEnd, ASF_HEADER),
  ogg: hasSecondOgg,
};

/** Whether another file follows the one that was read. `formatName` is ffprobe's. */
export async function hasSecondFile(formatName: string, file: ReadFile): Promise<boolean> {
  const check = formatName.split(",").flatMap((name) => CHECKS[name] ?? [])[0];
  return check ? check(file) : false;
}

const ASF_HEADER = Buffer.from("3026b2758e66cf11a6d900aa0062ce6c", "hex");

/** Bytes after the last packet, such as an index, before another file begins. */
const LONGEST_INDEX = 1 << 20;

async function hasSignature(read: ReadUpTo, from: number, signature: Buffer): Promise<boolean> {
  return (await read(from, LONGEST_INDEX)).includes(signature);
}

/** ffmpeg follows a chain of files with one stream each to its end, but of those with several only the first. */
async function hasSecondOgg({ read, packetsEnd }: ReadFile): Promise<boolean> {
  const bytes = await read(packetsEnd, LONGEST_INDEX);
  for (const { flags } of pagesIn(bytes)) if ((flags & BEGINS) !== 0) return true;
  return false;
}

/** The key of a file's first partition without its state, and the bytes that may precede it (SMPTE ST 377-1, 6.5 and 7.1). */
const MXF_HEADER = Buffer.from("060e2b34020501010d0102010102", "hex");
const LONGEST_RUN_IN = 1 << 16;

/** The first partition says where the last one begins. */
async function hasSecondMxf({ read }: ReadFile): Promise<boolean> {
  const head = await read(0, LONGEST_RUN_IN + 256);
  const begin = head.indexOf(MXF_HEADER);
  // After the key and a length of one byte, or of as many more as it says.
  const length = head[begin + 16] ?? 0;
  const pack = begin + 17 + (length > 0x80 ? length - 0x80 : 0);
  if (begin < 0 || pack + 32 > head.length) return false;
  const last = Number(head.readBigUInt64BE(pack + 24));
  return last > 0 && hasSignature(read, begin + last, MXF_HEADER);
}

/** Each file begins with an `ftyp` box. Movies in fragments are read to their end, however many files they were. */
async function hasSecondMovie({ read, bytes }: ReadFile): Promise<boolean> {
  for await (const { type, at } of fileBoxes(read, 0, bytes)) {
    if (type === "moof") return false;
    if (type === "ftyp" && at > 0) return true;
  }
  return false;
}
