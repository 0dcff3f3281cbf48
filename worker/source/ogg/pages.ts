import { pageChecksum } from "./checksum";

export const PAGE = "OggS";

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
  /** All of its bytes, with its header. */
  bytes: Buffer;
  flags: number;
  /** The position of the last packet that ends in it, by which its codec means a time. -1 if none does. */
  granule: bigint;
  /** Identifies the stream. */
  serial: number;
  /** Its number among the pages of the stream. */
  sequence: number;
  /** How many packets end in it. */
  packets: number;
  /** What it contains. */
  body: Buffer;
}

/** The pages within bytes that a demuxer reads, which are those with the right checksum. */
export function* wholePagesIn(bytes: Buffer): Generator<Page> {
  for (const { at, flags } of pagesIn(bytes)) {
    const segments = bytes[at + HEADER - 1] ?? 0;
    const table = bytes.subarray(at + HEADER, at + HEADER + segments);
    const length = HEADER + segments + table.reduce((sum, size) => sum + size, 0);
    const page = bytes.subarray(at, at + length);
    if (page.length < length || pageChecksum(page) !== page.readUInt32LE(CHECKSUM)) continue;
    yield {
      ...{ at, bytes: page, flags, granule: page.readBigInt64LE(GRANULE), serial: page.readUInt32LE(14) },
      ...{ sequence: page.readUInt32LE(18), packets: table.filter((size) => size < 255).length },
      body: page.subarray(HEADER + segments),
    };
  }
}

/** Where the position and the checksum are. */
const [GRANULE, CHECKSUM] = [6, 22];

/** Adds to the position of a page, in place. */
export function moveGranule({ bytes, granule }: Pick<Page, "bytes" | "granule">, by: number): void {
  bytes.writeBigInt64LE(granule + BigInt(by), GRANULE);
  bytes.writeUInt32LE(pageChecksum(bytes), CHECKSUM);
}
