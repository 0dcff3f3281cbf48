import type { ReadRange } from "../../storage/readRange";

/** The type of a box that means nothing. */
const FREE = Buffer.from("free");

/** Gives boxes of an MP4 a type that means nothing while the file is read. `types` are where their types are. */
export function hideBoxes(readRange: ReadRange, types: readonly number[]): ReadRange {
  return async (start, length) => {
    const read = Buffer.from(await readRange(start, length));
    for (const at of types) {
      for (const [index, byte] of FREE.entries()) {
        const place = at + index - start;
        if (place >= 0 && place < read.length) read[place] = byte;
      }
    }
    return read;
  };
}
