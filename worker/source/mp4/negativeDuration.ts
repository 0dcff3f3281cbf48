import { findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import type { MediaTrack } from "./movie";

/** Bytes of version, flags and the number of entries, and of an entry: a number of samples and how long each lasts (8.6.1.2). */
const [FIELDS, ENTRY] = [8, 8];

/** Bytes that are read at a time. */
const PIECE = ENTRY << 13;

/** The number without a sign is one of 32 bits. ffmpeg takes the highest for negative ones, and one tick in place of each. */
const [NUMBERS, LEAST] = [2 ** 32, -480_000];

/**
 * The first negative duration, in ticks, of samples in the index. Undefined if there is none but that of the last sample, behind which nothing
 * comes.
 */
export async function findNegativeDuration(read: ReadUpTo, { box }: MediaTrack): Promise<number | undefined> {
  const [table] = await findFileBoxes(read, box, "mdia", "minf", "stbl", "stts");
  if (!table) return undefined;
  for (let start = table.body + FIELDS; start < table.end; start += PIECE) {
    const entries = await read(start, Math.min(PIECE, table.end - start));
    for (let at = 0; at + ENTRY <= entries.length; at += ENTRY) {
      const [samples, ticks] = [entries.readUInt32BE(at), entries.readUInt32BE(at + 4) - NUMBERS];
      const isLast = samples === 1 && start + at + ENTRY >= table.end;
      if (ticks >= LEAST && samples > 0 && !isLast) return ticks;
    }
  }
  return undefined;
}
