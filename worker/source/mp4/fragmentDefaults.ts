import { findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import type { MediaTrack } from "./movie";

/** What the samples of a track's fragments have unless a fragment says otherwise (ISO/IEC 14496-12, 8.8.3). */
export interface FragmentDefaults {
  /** Which of the track's descriptions, counted from 0. */
  description: number;
  /** Ticks of the track. */
  duration: number;
}

/** Undefined if the movie has no fragments. */
export async function defaultsOf(read: ReadUpTo, { movie, id }: MediaTrack): Promise<FragmentDefaults | undefined> {
  for (const { body } of await findFileBoxes(read, movie, "mvex", "trex")) {
    const fields = await read(body, 16);
    if (fields.readUInt32BE(4) !== id) continue;
    return { description: fields.readUInt32BE(8) - 1, duration: fields.readUInt32BE(12) };
  }
  return undefined;
}
