import type { MovedPages } from "../../../contract/sourceChanges";
import type { ReadRange } from "../../storage/readRange";
import { LONGEST_PAGE, moveGranule, wholePagesIn } from "./pages";

/** Moves the positions of Ogg's pages while it is read, so that every program sees the same ones. */
export function movePages(readRange: ReadRange, bytes: number, { from, streams }: MovedPages): ReadRange {
  const moved = new Map(streams.map(({ serial, by }) => [serial, by]));
  return async (start, length) => {
    const first = Math.max(0, start - LONGEST_PAGE);
    const end = Math.min(bytes, start + length + LONGEST_PAGE);
    const read = Buffer.from(await readRange(first, end - first));
    for (const page of wholePagesIn(read)) {
      const by = moved.get(page.serial);
      if (by !== undefined && first + page.at >= from && page.granule !== -1n) moveGranule(page, by);
    }
    return read.subarray(start - first, start - first + length);
  };
}
