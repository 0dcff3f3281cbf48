import type { ReadUpTo } from "../../storage/readRange";
import { type Element, findNextFile, readTracks, VIDEO } from "./elements";

/** What a decoder has to know of a track: its kind, its codec with all that it says in advance, and its pictures or sound. */
const DESCRIBING = [0x83, 0x86, 0x63a2, VIDEO, 0xe1];

/** More files than anybody writes one after the other. */
const MOST_FILES = 1000;

/**
 * Finds where a file begins, behind others, whose tracks aren't described as those of the first are. ffmpeg reads on, and decodes everything
 * as the first file says.
 */
export async function findOtherTracks(read: ReadUpTo): Promise<number | undefined> {
  let next = await findNextFile(read, 0);
  if (next === undefined) return undefined;
  const first = describe(await readTracks(read));
  for (let file = 0; next !== undefined && file < MOST_FILES; file++) {
    if (describe(await readTracks(read, next)) !== first) return next;
    next = await findNextFile(read, next);
  }
  return undefined;
}

function describe(tracks: readonly Element[][]): string {
  const described = tracks.map((track) =>
    DESCRIBING.map((wanted) => track.find(({ id }) => id === wanted)?.body.toString("base64") ?? ""),
  );
  return JSON.stringify(described);
}
