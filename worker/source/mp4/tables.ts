import { type FileBox, findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import type { Track } from "./movie";

/** Bytes of version and flags, with which every table begins. */
const VERSION_AND_FLAGS = 4;

/** Entries that are read at a time: those of a day take megabytes. */
const PIECE = 1 << 16;

/** A table of a track's index (ISO/IEC 14496-12, 8.6 and 8.7). */
export interface Table {
  /** The numbers before the entries, the last of which is how many entries there are. */
  fields: number[];
  /** The entries in the order of the table, each with its numbers of 32 bits. They come in pieces: waiting for each takes seconds for a day. */
  pieces: () => AsyncGenerator<Iterable<number[]>>;
}

/**
 * Undefined if the track has no such table.
 *
 * @param fields How many numbers come before the entries.
 * @param width How many numbers an entry has.
 */
export async function readTable(
  read: ReadUpTo,
  { box }: Track,
  type: string,
  { fields, width }: { fields: number; width: number },
): Promise<Table | undefined> {
  const [found] = await findFileBoxes(read, box, "mdia", "minf", "stbl", type);
  if (!found) return undefined;
  const entries = found.body + VERSION_AND_FLAGS + 4 * fields;
  const head = numbersIn(await read(found.body + VERSION_AND_FLAGS, 4 * fields));
  if (head.length < fields) return undefined;
  return { fields: head, pieces: () => readPieces(read, { ...found, body: entries }, width) };
}

async function* readPieces(read: ReadUpTo, { body, end }: FileBox, width: number): AsyncGenerator<Iterable<number[]>> {
  const bytes = 4 * width;
  for (let at = body; at + bytes <= end; at += PIECE * bytes) {
    yield entriesIn(await read(at, Math.min(PIECE * bytes, end - at)), width);
  }
}

function* entriesIn(piece: Buffer, width: number): Generator<number[]> {
  const bytes = 4 * width;
  for (let at = 0; at + bytes <= piece.length; at += bytes) {
    const entry: number[] = [];
    for (let number = at; number < at + bytes; number += 4) entry.push(piece.readUInt32BE(number));
    yield entry;
  }
}

function numbersIn(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readUInt32BE(4 * index));
}
