import { pageChecksum } from "./checksum";

const PAGE = "OggS";

/** Flags of a page: it continues a packet, or a stream begins with it (RFC 3533, 6). */
export const [CONTINUES, BEGINS] = [1, 2];

/** The bytes of a page's header before its table of segments, and of the longest page. */
const HEADER = 27;
export const LONGEST_PAGE = HEADER + 255 + 255 * 255;

/** Finds the pages that begin within bytes: where, and with which flags. */
export function* pagesIn(bytes: Buffer): Generator<{ at: number; flags: number }> {
  for (let at = bytes.indexOf(PAGE); at >= 0; at = bytes.indexOf(PAGE, at + 1)) yield { at, flags: bytes[at + 5] ?? 0 };
}

/** A page that is whole. */
export interface Page {
  at: number;
  /** Identifies the stream. */
  serial: number;
  /** Its number among the pages of the stream. */
  sequence: number;
}

/** The pages within bytes that a demuxer reads, which are those with the right checksum. */
export function* wholePagesIn(bytes: Buffer): Generator<Page> {
  for (const { at } of pagesIn(bytes)) {
    const segments = bytes[at + HEADER - 1] ?? 0;
    const table = bytes.subarray(at + HEADER, at + HEADER + segments);
    const length = HEADER + segments + table.reduce((sum, size) => sum + size, 0);
    const page = bytes.subarray(at, at + length);
    if (page.length < length || pageChecksum(page) !== page.readUInt32LE(CHECKSUM)) continue;
    yield { at, serial: page.readUInt32LE(14), sequence: page.readUInt32LE(18) };
  }
}

/** Where the checksum is. */
const CHECKSUM = 22;
