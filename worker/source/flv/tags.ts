import type { ReadUpTo } from "../../storage/readRange";
import { FILE_HEADER, parseTagHeader, TAG_END, TAG_HEADER, TAG_KINDS, type TagHeader } from "./tagHeader";

/** Bytes read at a time. */
const WINDOW = 1 << 20;

/** A tag of an FLV. */
export interface Tag extends Pick<TagHeader, "kind" | "milliseconds"> {
  /** Where the next one begins. */
  end: number;
  /** Reads the beginning of its contents, up to so many bytes. */
  contents: (most: number) => Promise<Buffer>;
}

/** Goes through the tags of an FLV, some hundred at a time. Ends at the first that is none. */
export async function* flvTags(read: ReadUpTo, bytes: number): AsyncGenerator<Tag> {
  let window: Buffer = Buffer.alloc(0);
  let begins = 0;
  const take = async (at: number, length: number): Promise<Buffer> => {
    if (at < begins || at + length > begins + window.length) [window, begins] = [await read(at, WINDOW), at];
    return window.subarray(at - begins, at - begins + length);
  };
  for (let at = FILE_HEADER; at + TAG_HEADER <= bytes;) {
    const header = await take(at, TAG_HEADER);
    if (header.length < TAG_HEADER || !TAG_KINDS.includes(header[0] as number)) return;
    const { kind, milliseconds, bytes: length } = parseTagHeader(header);
    const body = at + TAG_HEADER;
    const end = body + length + TAG_END;
    yield { kind, milliseconds, end, contents: (most) => take(body, Math.min(most, length)) };
    at = end;
  }
}
