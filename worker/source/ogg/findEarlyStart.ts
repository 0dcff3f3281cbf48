import type { MovedPages } from "../../../contract/sourceChanges";
import type { ReadUpTo } from "../../storage/readRange";
import { CONTINUES, PAGE, wholePagesIn } from "./pages";
import { readStreamHeads, type StreamHead } from "./streamHeads";

/** Bytes at the beginning of a file within which each of its streams begins. */
const BEGINNING = 1 << 20;

/** Seconds that more of a stream may come before the position of its first page, which is that of the end of its last packet: 255 of FLAC. */
const LONGEST_PAGE_SECONDS = 32;

/**
 * Finds whether streams of Ogg begin before 0, as they do in a piece that was cut out of a file with `ffmpeg -ss … -c copy`. ffmpeg takes such
 * positions for huge ones. They have to rise by the same time in all streams.
 *
 * @param head The beginning of the file.
 */
export async function findEarlyStart(read: ReadUpTo, head: Buffer): Promise<MovedPages | undefined> {
  if (head.toString("latin1", 0, PAGE.length) !== PAGE) return undefined;
  const beginning = await read(0, BEGINNING);
  const streams = readStreamHeads(beginning);
  const begun = new Map<number, number>();
  let from: number | undefined;
  for (const { at, flags, serial, granule, body } of wholePagesIn(beginning)) {
    const stream = streams.get(serial);
    if (!stream || (flags & CONTINUES) !== 0 || stream.isHeader(body)) continue;
    from ??= at;
    if (granule === -1n || begun.has(serial)) continue;
    begun.set(serial, Number(granule) / stream.step / stream.rate);
    if (begun.size === streams.size) break;
  }
  const earliest = Math.min(...begun.values());
  if (from === undefined || !(earliest < 0)) return undefined;
  return { from, streams: [...streams].map(([serial, stream]) => ({ serial, by: moveBy(stream, earliest, streams) })) };
}

/** What is added to the positions of a stream so that none is below 0. Pictures are moved by whole ones. */
function moveBy({ rate, step }: StreamHead, earliest: number, streams: ReadonlyMap<number, StreamHead>): number {
  const pictures = Math.min(...[...streams.values()].map((stream) => stream.rate));
  const seconds = Math.ceil((LONGEST_PAGE_SECONDS - earliest) * pictures) / pictures;
  return Math.round(seconds * rate) * step;
}
