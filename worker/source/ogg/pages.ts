const PAGE = "OggS";

/** Flags of a page: it continues a packet, or a stream begins with it (RFC 3533, 6). */
export const [CONTINUES, BEGINS] = [1, 2];

/** Finds the pages that begin within bytes: where, and with which flags. */
export function* pagesIn(bytes: Buffer): Generator<{ at: number; flags: number }> {
  for (let at = bytes.indexOf(PAGE); at >= 0; at = bytes.indexOf(PAGE, at + 1)) yield { at, flags: bytes[at + 5] ?? 0 };
}
