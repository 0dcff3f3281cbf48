import type { ReadUpTo } from "../../storage/readRange";

/** Bytes of a tag's header, and of the length that is repeated behind each tag (Flash Video File Format, annex E.3 and E.4.1). */
const HEADER = 11;
const REPEATED = 4;

const SIGNATURE = Buffer.from("FLV");

/** Two tags: where they begin in the file. */
export interface TagPair {
  before: number;
  after: number;
}

/** Bytes that are read for all pairs together. */
const BUDGET = 1 << 26;

/** The pairs between which an FLV isn't whole. From version 8 on, ffmpeg goes on behind a piece that is missing without a word. */
export async function findLostTags<T extends TagPair>(read: ReadUpTo, pairs: readonly T[]): Promise<T[]> {
  const lost: T[] = [];
  let left = BUDGET;
  for (const pair of pairs) {
    left -= pair.after - pair.before;
    // Without a known place it is NaN.
    if (!(left >= 0)) break;
    if (isBroken(await read(pair.before, pair.after - pair.before))) lost.push(pair);
  }
  return lost;
}

/** Whether tags don't follow each other up to the end, by the length behind each. Another file's header is no tag. */
function isBroken(bytes: Buffer): boolean {
  let at = 0;
  while (at + HEADER <= bytes.length) {
    if (bytes.subarray(at, at + SIGNATURE.length).equals(SIGNATURE)) return false;
    const end = at + HEADER + bytes.readUIntBE(at + 1, 3);
    if (end + REPEATED > bytes.length || bytes.readUInt32BE(end) !== end - at) return true;
    at = end + REPEATED;
  }
  return at < bytes.length;
}
