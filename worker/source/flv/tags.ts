import type { ReadUpTo } from "../../storage/readRange";

/** Bytes read at a time. */
const WINDOW = 1 << 20;

/** The header of a file and the length of the tag before the first, and the header of a tag and the length behind it (annex E.3 and E.4.1). */
const FILE_HEADER = 13;
const TAG_HEADER = 11;
const TAG_END = 4;

/** What tags contain. */
export const [SOUND_TAG, PICTURE_TAG] = [8, 9];
const DATA_TAG = 18;

/** A tag of an FLV. */
export interface Tag {
  kind: number;
  milliseconds: number;
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
    const kind = header[0] ?? 0;
    if (header.length < TAG_HEADER || ![SOUND_TAG, PICTURE_TAG, DATA_TAG].includes(kind)) return;
    const [body, length] = [at + TAG_HEADER, header.readUIntBE(1, 3)];
    yield {
      kind,
      milliseconds: header.readUIntBE(4, 3) + (header[7] as number) * 2 ** 24,
      contents: (most) => take(body, Math.min(most, length)),
    };
    at = body + length + TAG_END;
  }
}
