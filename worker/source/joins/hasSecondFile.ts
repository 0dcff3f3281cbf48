import type { ReadBytes } from "./readSeam";

/** A file to look into: its length, and where the last packet ends that ffmpeg finds in it. */
export interface ReadFile {
  read: ReadBytes;
  bytes: number;
  packetsEnd: number;
}

type Check = (file: ReadFile) => Promise<boolean>;

/** The containers of which ffmpeg reads only the first file if several were written one after the other. */
const CHECKS: Record<string, Check> = {
  mov: hasSecondMovie,
  flv: ({ read, packetsEnd }) => hasSignature(read, packetsEnd, Buffer.from("FLV\u0001")),
  asf: ({ read, packetsEnd }) => hasSignature(read, packetsEnd, ASF_HEADER),
};

/** Whether another file follows the one that was read. `formatName` is ffprobe's. */
export async function hasSecondFile(formatName: string, file: ReadFile): Promise<boolean> {
  const check = formatName.split(",").flatMap((name) => CHECKS[name] ?? [])[0];
  return check ? check(file) : false;
}

const ASF_HEADER = Buffer.from("3026b2758e66cf11a6d900aa0062ce6c", "hex");

/** Bytes after the last packet, such as an index, before another file begins. */
const LONGEST_INDEX = 1 << 20;

async function hasSignature(read: ReadBytes, from: number, signature: Buffer): Promise<boolean> {
  return (await read(from, LONGEST_INDEX)).includes(signature);
}

/** Each file begins with an `ftyp` box. Movies in fragments are read to their end, however many files they were. */
async function hasSecondMovie({ read, bytes }: ReadFile): Promise<boolean> {
  for (let at = 0; at + 16 <= bytes;) {
    const box = await read(at, 16);
    const type = box.toString("latin1", 4, 8);
    if (type === "moof") return false;
    if (type === "ftyp" && at > 0) return true;
    const short = box.readUInt32BE(0);
    const length = short === 1 ? Number(box.readBigUInt64BE(8)) : short;
    // A length of 0 means up to the end of the file.
    if (length < 8) return false;
    at += length;
  }
  return false;
}
