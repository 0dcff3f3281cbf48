/** The tags of the two descriptors in an `esds` box (ISO/IEC 14496-1, 7.2.6.5 and 7.2.6.6). */
const [STREAM, CONFIGURATION] = [3, 4];

/** Optional parts of the first descriptor: the stream that this one depends on, an address, and the clock. */
const [DEPENDS, HAS_ADDRESS, HAS_CLOCK] = [0x80, 0x40, 0x20];

/** Bytes of the codec and the kind of stream, and of the sizes and rates that follow. */
const [CODEC, RATES] = [2, 11];

/**
 * Reads an `esds` box, which describes MPEG-4 sound and pictures. Undefined if it isn't written as the standard says.
 *
 * @param contents With version and flags.
 */
export function readElementaryStream(contents: Buffer): { codec: number; settings: Buffer } | undefined {
  const first = descriptorAt(contents, 4, STREAM);
  if (first === undefined) return undefined;
  const flags = contents[first + 2] ?? 0;
  let at = first + 3;
  if (flags & DEPENDS) at += 2;
  if (flags & HAS_ADDRESS) at += 1 + (contents[at] ?? 0);
  if (flags & HAS_CLOCK) at += 2;
  const second = descriptorAt(contents, at, CONFIGURATION);
  const codec = second === undefined ? undefined : contents[second];
  if (second === undefined || codec === undefined) return undefined;
  return { codec, settings: contents.subarray(second + CODEC + RATES) };
}

/** Where the contents of a descriptor begin: behind its tag, and its length in groups of seven bits. */
function descriptorAt(bytes: Buffer, at: number, tag: number): number | undefined {
  if (bytes[at] !== tag) return undefined;
  let length = at + 1;
  while ((bytes[length] ?? 0) & 0x80) length += 1;
  return length + 1;
}
