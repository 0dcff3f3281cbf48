import type { ReadUpTo } from "../../fmp4/fileBoxes";
import type { MediaTrack } from "./movie";
import { readTable } from "./tables";

/** The number without a sign is one of 32 bits. ffmpeg takes the highest for negative ones, and one tick in place of each. */
const [NUMBERS, LEAST] = [2 ** 32, -480_000];

/**
 * The first negative duration, in ticks, of samples in the index (8.6.1.2). Undefined if there is none but that of the last sample, behind
 * which nothing comes.
 */
export async function findNegativeDuration(read: ReadUpTo, track: MediaTrack): Promise<number | undefined> {
  const table = await readTable(read, track, "stts", { fields: 1, width: 2 });
  let single: number | undefined;
  for await (const piece of table?.pieces() ?? []) {
    for (const [samples = 0, number = 0] of piece) {
      if (single !== undefined) return single;
      const ticks = number - NUMBERS;
      if (ticks < LEAST || samples === 0) continue;
      if (samples > 1) return ticks;
      single = ticks;
    }
  }
  return undefined;
}
