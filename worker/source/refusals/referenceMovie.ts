import { InputError } from "../../errors/errors";
import { findFileBoxes } from "../../fmp4/fileBoxes";
import type { ReadUpTo } from "../../storage/readRange";
import type { MediaTrack } from "../mp4/movie";

/** Bytes of version, flags and the number of references. */
const FIELDS = 8;

/** Bytes of a reference's header, its version and its flags, behind which the name of another file may be. */
const REFERENCE = 12;

/** Bytes of a list of references that are read: more than any name has. */
const MOST_BYTES = 1 << 14;

/** Refuses a movie whose pictures or sound are in a file that it names. No program opens that file, and ffmpeg leaves such a track out. */
export async function assertOwnMedia(name: string, read: ReadUpTo, tracks: readonly MediaTrack[]): Promise<void> {
  for (const track of tracks) {
    const { isOwn, isNamed } = await readReference(read, track);
    if (!isOwn && isNamed) throw referenceMovieError(name, track);
  }
}

/** Refuses a movie of which no picture was read, if it says that they are elsewhere, without a name. */
export async function assertOwnPictures(name: string, read: ReadUpTo, tracks: readonly MediaTrack[]): Promise<void> {
  for (const track of tracks) {
    if (track.what === "pictures" && !(await readReference(read, track)).isOwn) throw referenceMovieError(name, track);
  }
}

/** What the first reference of a track says: a flag, whether the media are in the file itself (ISO/IEC 14496-12, 8.7.2). */
async function readReference(read: ReadUpTo, { box }: MediaTrack): Promise<{ isOwn: boolean; isNamed: boolean }> {
  const [list] = await findFileBoxes(read, box, "mdia", "minf", "dinf", "dref");
  const first = list && (await read(list.body + FIELDS, Math.min(MOST_BYTES, list.end - list.body - FIELDS)));
  if (!first || first.length < REFERENCE) return { isOwn: true, isNamed: false };
  const name = first.subarray(REFERENCE, first.readUInt32BE(0));
  return { isOwn: (first.readUInt32BE(8) & 1) === 1, isNamed: name.some((byte) => byte !== 0) };
}

function referenceMovieError(name: string, { what }: MediaTrack): InputError {
  const are = what === "sound" ? "is" : "are";
  return new InputError(
    `${name} is a reference movie: its ${what} ${are} in another file; export it as a self-contained movie.`,
  );
}
