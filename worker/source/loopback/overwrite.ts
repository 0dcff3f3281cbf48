import type { ReadRange } from "../../storage/readRange";

/** Bytes that are read instead of those at a place of the file. */
export interface Overwritten {
  at: number;
  bytes: Buffer;
}

/** Reads other bytes in some places of a file than are there. */
export function overwrite(readRange: ReadRange, places: readonly Overwritten[]): ReadRange {
  return async (start, length) => {
    const read = Buffer.from(await readRange(start, length));
    for (const { at, bytes } of places) {
      for (const [index, byte] of bytes.entries()) {
        const place = at + index - start;
        if (place >= 0 && place < read.length) read[place] = byte;
      }
    }
    return read;
  };
}
