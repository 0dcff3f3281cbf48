import type { ReadUpTo } from "../../storage/readRange";
import { FILE_HEADER, parseTagHeader, TAG_END, TAG_HEADER, TAG_KINDS } from "./tagHeader";

const SIGNATURE = "FLV";

/** Whether what a file has from a position on is all of a tag, of which so many bytes are the contents. */
export type IsWhole = (at: number, bytes: number) => Promise<boolean>;

/** How to see that a tag is whole: the length is repeated behind it, or another one begins there where the writer states other lengths. */
export async function wholeTagCheck(read: ReadUpTo): Promise<IsWhole> {
  const isRepeated: IsWhole = async (at, bytes) => {
    const behind = await read(at + TAG_HEADER + bytes, TAG_END);
    return behind.length === TAG_END && behind.readUInt32BE(0) === TAG_HEADER + bytes;
  };
  if (await repeatsLengths(read)) return isRepeated;
  return async (at, bytes) => (await isRepeated(at, bytes)) || beginsTag(read, at + TAG_HEADER + bytes + TAG_END);
}

/** Whether a writer repeats lengths as the format says. Some leave out the header's, or add up all tags, and ffmpeg takes that too. */
export async function repeatsLengths(read: ReadUpTo): Promise<boolean> {
  let at = FILE_HEADER;
  // The sum is right behind the first, and one of the others may be damaged.
  for (let tag = 0; tag < 3; tag++) {
    const header = await read(at, TAG_HEADER);
    if (!isHeader(header)) return true;
    const { bytes } = parseTagHeader(header);
    const behind = await read(at + TAG_HEADER + bytes, TAG_END);
    if (behind.length < TAG_END || (tag > 0 && behind.readUInt32BE(0) === TAG_HEADER + bytes)) return true;
    at += TAG_HEADER + bytes + TAG_END;
  }
  return !(await beginsTag(read, at));
}

/** Whether another tag begins, or another file, or nothing. */
async function beginsTag(read: ReadUpTo, at: number): Promise<boolean> {
  const next = await read(at, TAG_HEADER);
  return next.length === 0 || next.toString("latin1", 0, SIGNATURE.length) === SIGNATURE || isHeader(next);
}

function isHeader(bytes: Buffer): boolean {
  return bytes.length === TAG_HEADER && TAG_KINDS.includes(bytes[0] as number) && parseTagHeader(bytes).isPlain;
}
