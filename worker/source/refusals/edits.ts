import { InputError } from "../../errors/errors";
import { findFileBoxes } from "../../fmp4/fileBoxes";
import { type EditList, readEditList } from "../mp4/editList";
import type { FirstFragments } from "../mp4/firstFragment";
import type { MediaTrack, ReadFile } from "../mp4/movie";

/** Seconds by which an edit list may leave out the beginning of fragments: encoders of sound need some before the first that is heard. */
const TOLERATED = 0.2;

/**
 * Refuses an MP4 or MOV with an edit list that ffmpeg doesn't follow. It gives wrong times to several pieces, plays all of them at one
 * speed, and takes from fragments all that they have.
 */
export async function assertPlainEdits(
  name: string,
  { read }: ReadFile,
  tracks: readonly MediaTrack[],
  fragments: FirstFragments,
): Promise<void> {
  for (const track of tracks) {
    const { what } = track;
    const list = await readEditList(read, track);
    if (!list) continue;
    const shown = list.edits.filter(({ mediaTime }) => mediaTime >= 0);
    const changed = shown.find(({ rate }) => rate !== 1);
    if (changed) throw editError(name, `plays its ${what} at a rate of ${changed.rate}`, "only 1 is supported");
    const pieces = countPieces(list);
    if (pieces > 1) throw editError(name, `puts its ${what} together from ${pieces} pieces`, "only one is supported");
    const fragment = fragments.get(track);
    const [begin = 0] = shown.map(({ mediaTime }) => mediaTime);
    const left = fragment ? (begin - fragment.begin) / list.mediaTicks : 0;
    if (left > TOLERATED) {
      const lacking = `leaves out the first ${left.toFixed(1)} seconds of its ${what}`;
      throw editError(name, lacking, "ffmpeg can't leave out a part of fragments");
    }
    // In a movie that has fragments this means all of them.
    const isFragmented = (await findFileBoxes(read, track.movie, "mvex")).length > 0;
    if (!isFragmented && shown.every(({ duration }) => duration === 0)) {
      throw editError(name, `shows nothing of its ${what}`, "something has to be shown");
    }
  }
}

function editError(name: string, what: string, rule: string): InputError {
  return new InputError(`${name} has an edit list that ${what}, and ${rule}; export it again without edits.`);
}

/** Counts what is shown one after the other, with what is empty in between or behind, even if one continues the other. */
function countPieces({ edits: [first, ...others] }: EditList): number {
  const pieces = others.filter(({ duration }) => duration > 0).length;
  return first?.mediaTime === -1 ? pieces : pieces + 1;
}
