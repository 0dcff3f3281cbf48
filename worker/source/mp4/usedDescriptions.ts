import { fileBoxes, findFileBoxes } from "../../fmp4/fileBoxes";
import { defaultsOf } from "./fragmentDefaults";
import type { MediaTrack, ReadFile } from "./movie";

/** Bytes of version, flags and the number of entries, and of an entry: its first chunk, their samples, and which description they have. */
const [FIELDS, ENTRY] = [8, 12];

/** More changes than anybody makes. */
const MOST_BYTES = 1 << 24;

/** Whether a fragment says which description its samples have, and of the position of its data, which comes before (8.8.7). */
const [HAS_DESCRIPTION, HAS_POSITION] = [2, 1];

/** The numbers of the descriptions that samples of a track have, counted from 0, as they first come. */
export interface UsedDescriptions {
  numbers: number[];
  /** Whether some of them are those of fragments. */
  fragmented: boolean;
}

export async function findUsedDescriptions({ read, bytes }: ReadFile, track: MediaTrack): Promise<UsedDescriptions> {
  const [table] = await findFileBoxes(read, track.box, "mdia", "minf", "stbl", "stsc");
  const entries = table
    ? await read(table.body + FIELDS, Math.min(MOST_BYTES, table.end - table.body - FIELDS))
    : Buffer.alloc(0);
  const used = new Set<number>();
  for (let at = 0; at + ENTRY <= entries.length; at += ENTRY) used.add(entries.readUInt32BE(at + 8) - 1);
  const usual = await defaultsOf(read, track);
  if (!usual) return { numbers: [...used], fragmented: false };
  const inMovie = used.size;
  for await (const box of fileBoxes(read, 0, bytes)) {
    if (box.type !== "moof") continue;
    for (const { body, end } of await findFileBoxes(read, box, "traf", "tfhd")) {
      const header = await read(body, end - body);
      if (header.readUInt32BE(4) === track.id) used.add(descriptionOf(header) ?? usual.description);
    }
  }
  return { numbers: [...used], fragmented: inMovie === 0 || used.size > inMovie };
}

function descriptionOf(header: Buffer): number | undefined {
  const flags = header.readUIntBE(1, 3);
  const at = flags & HAS_POSITION ? 16 : 8;
  return flags & HAS_DESCRIPTION ? header.readUInt32BE(at) - 1 : undefined;
}
