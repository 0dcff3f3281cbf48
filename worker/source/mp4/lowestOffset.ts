import { findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import type { MediaTrack, ReadFile } from "./movie";
import { readSampleList, trackFragments } from "./trackFragments";

/** Bytes of version, flags and the number of entries of `ctts`, and of an entry: a number of samples and their offset (8.6.1.3). */
const [FIELDS, ENTRY] = [8, 8];

/** The lowest times from decoding to showing a picture of a track, in its ticks. They may be negative. */
export interface LowestOffsets {
  /** In the index. Absent if all samples are in fragments. */
  inMovie?: number;
  /** In the first fragment. */
  inFirst: number;
  /** In any fragment. */
  inFragments: number;
}

/**
 * Undefined unless the track has fragments. Looks no further than the first of them if that says by its version that no offset is negative.
 */
export async function readLowestOffsets(file: ReadFile, track: MediaTrack): Promise<LowestOffsets | undefined> {
  const inMovie = await lowestInMovie(file.read, track);
  let inFirst: number | undefined;
  let inFragments = Infinity;
  let isSigned = (inMovie ?? 0) < 0;
  for await (const fragment of trackFragments(file, track)) {
    for (const { body, end } of await findFileBoxes(file.read, fragment, "trun")) {
      const list = await file.read(body, end - body);
      inFragments = Math.min(inFragments, lowestIn(list));
      isSigned ||= list[0] === 1;
    }
    inFirst ??= inFragments;
    if (!isSigned && inFragments >= 0) break;
  }
  return inFirst === undefined ? undefined : { ...(inMovie === undefined ? {} : { inMovie }), inFirst, inFragments };
}

function lowestIn(list: Buffer): number {
  const { samples, offsets } = readSampleList(list);
  if (!offsets || samples === 0) return 0;
  const { first, distance } = offsets;
  let lowest = Infinity;
  for (let sample = 0, at = first; sample < samples && at + 4 <= list.length; sample++, at += distance) {
    lowest = Math.min(lowest, list.readInt32BE(at));
  }
  return lowest;
}

async function lowestInMovie(read: ReadUpTo, { box }: MediaTrack): Promise<number | undefined> {
  const table = async (type: string): Promise<Buffer> => {
    const [found] = await findFileBoxes(read, box, "mdia", "minf", "stbl", type);
    return found ? read(found.body, found.end - found.body) : Buffer.alloc(FIELDS);
  };
  const times = await table("stts");
  if (times.readUInt32BE(4) === 0) return undefined;
  const offsets = await table("ctts");
  let lowest = 0;
  for (let at = FIELDS; at + ENTRY <= offsets.length; at += ENTRY)
    lowest = Math.min(lowest, offsets.readInt32BE(at + 4));
  return lowest;
}
