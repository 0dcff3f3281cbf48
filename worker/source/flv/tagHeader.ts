/** Bytes of a file's header, with the length of no tag behind it (Flash Video File Format, annex E.2). */
export const FILE_HEADER = 13;

/** Bytes of a tag's header, and of the length that is repeated behind each tag (annex E.3 and E.4.1). */
export const TAG_HEADER = 11;
export const TAG_END = 4;

/** What tags contain: sound, pictures, and data. */
export const SOUND_TAG = 8;
export const PICTURE_TAG = 9;
export const DATA_TAG = 18;
export const TAG_KINDS: readonly number[] = [SOUND_TAG, PICTURE_TAG, DATA_TAG];

export interface TagHeader {
  kind: number;
  /** How many the contents have. */
  bytes: number;
  milliseconds: number;
  /** Whether it could be one: the identifier of its stream is 0. */
  isPlain: boolean;
}

export function parseTagHeader(head: Buffer): TagHeader {
  return {
    ...{ kind: head[0] ?? 0, bytes: head.readUIntBE(1, 3), isPlain: head.readUIntBE(8, 3) === 0 },
    milliseconds: head.readUIntBE(4, 3) + (head[7] as number) * 2 ** 24,
  };
}
