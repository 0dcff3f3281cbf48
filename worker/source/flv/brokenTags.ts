import type { ReadUpTo } from "../../storage/readRange";
import {
  DATA_TAG,
  FILE_HEADER,
  parseTagHeader,
  PICTURE_TAG,
  TAG_END,
  TAG_HEADER,
  TAG_KINDS,
  type TagHeader,
} from "./tagHeader";
import { wholeTagCheck } from "./tagLengths";

/** Bytes of the contents that name the codec, which newer encoders write out. */
const CODEC = 5;

const SIGNATURE = "FLV";

/** Bytes in which the next tag is looked for at a time. */
const PIECE = 1 << 20;

/** Bytes that are no tag, or one of which nothing can be made. */
export interface BrokenTag {
  from: number;
  to: number;
  /** When its picture is decoded, in milliseconds. Absent if that can't be told, or it has none. */
  decoded?: number;
}

export interface Bytes {
  from: number;
  to: number;
}

/** The whole of an FLV. */
export function allTags(bytes: number): Bytes {
  return { from: FILE_HEADER, to: bytes };
}

/** Joins ranges that overlap. Without those whose place the demuxer doesn't name, which is then NaN. */
export function joinRanges(ranges: readonly Bytes[]): Bytes[] {
  const joined: Bytes[] = [];
  for (const { from, to } of ranges.filter((range) => range.from <= range.to).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/**
 * Finds where an FLV isn't whole, by the length behind each of its tags. ffmpeg passes over some of that without a word, and takes what it
 * makes of a damaged tag for a good packet.
 *
 * @param range Begins with a tag.
 */
export async function findBrokenTags(read: ReadUpTo, { from, to }: Bytes): Promise<BrokenTag[]> {
  const broken: BrokenTag[] = [];
  const isTag = await wholeTagCheck(read);
  let at = from;
  let codec: string | undefined;
  let latest = -Infinity;
  while (at + TAG_HEADER <= to) {
    const head = await read(at, TAG_HEADER + CODEC);
    if (head.toString("latin1", 0, SIGNATURE.length) === SIGNATURE) {
      at += FILE_HEADER;
      continue;
    }
    const tag = parseTag(head);
    const end = at + TAG_HEADER + tag.bytes + TAG_END;
    const isWhole = end <= to && (await isTag(at, tag.bytes));
    const isKnown = tag.codec === undefined || tag.codec === (codec ?? tag.codec);
    if (isWhole && isKnown) {
      codec ??= tag.codec;
      if (tag.codec !== undefined) latest = tag.milliseconds;
      at = end;
      continue;
    }
    const next = isWhole ? end : ((await findTag(read, { from: at + 1, to })) ?? to);
    const isPicture = tag.codec !== undefined && tag.isPlain && tag.milliseconds >= latest;
    broken.push({ from: at, to: next, ...(isPicture ? { decoded: tag.milliseconds } : {}) });
    at = next;
  }
  if (at < to) broken.push({ from: at, to });
  return broken;
}

/** Whether whole tags with pictures or sound follow, and not only such as say that a stream has ended. */
export async function hasMedia(read: ReadUpTo, from: number, to: number): Promise<boolean> {
  const isMedia = ({ kind, bytes }: Tag): boolean => kind !== DATA_TAG && bytes > CODEC;
  return (await findTag(read, { from, to }, isMedia)) !== undefined;
}

/** Where the next whole tag begins. */
async function findTag(
  read: ReadUpTo,
  { from, to }: Bytes,
  isWanted: (tag: Tag) => boolean = () => true,
): Promise<number | undefined> {
  const isWhole = await wholeTagCheck(read);
  for (let at = from; at + TAG_HEADER < to; at += PIECE) {
    const bytes = await read(at, Math.min(PIECE + TAG_HEADER, to - at));
    for (let offset = 0; offset < PIECE && offset + TAG_HEADER <= bytes.length; offset++) {
      if (!TAG_KINDS.includes(bytes[offset] as number)) continue;
      const tag = parseTag(bytes.subarray(offset));
      const end = at + offset + TAG_HEADER + tag.bytes + TAG_END;
      const isTag = tag.isPlain && tag.bytes > 0 && end <= to && (await isWhole(at + offset, tag.bytes));
      if (isTag && isWanted(tag)) return at + offset;
    }
  }
  return undefined;
}

interface Tag extends TagHeader {
  /** What its pictures are encoded with. Absent if it has none. */
  codec?: string;
}

function parseTag(head: Buffer): Tag {
  const tag = parseTagHeader(head);
  const hasPictures = tag.kind === PICTURE_TAG && tag.bytes > 0;
  return hasPictures ? { ...tag, codec: codecOf(head.subarray(TAG_HEADER)) } : tag;
}

/** A number of four bits, or four letters where the first bit is set. */
function codecOf(contents: Buffer): string {
  const first = contents[0] ?? 0;
  return (first & 0x80) === 0 ? String(first & 0x0f) : contents.toString("latin1", 1, CODEC);
}
