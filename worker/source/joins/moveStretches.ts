import type { Join, Seam, Track } from "./findJoins";
import type { Keyframe, Stretch } from "../frames/stretches";

/** A stretch, and the seconds to add to its times. */
export interface MovedStretch {
  stretch: Stretch;
  shift: number;
}

/** Seconds that sound may last longer than the pictures before a join without delaying those after it. */
const TOLERATED_OVERLAP = 0.5;

/** Where a recording is left for the next one, if that isn't from its end to the other's beginning. */
export interface Cut {
  /** When the first picture of the next one is shown that is kept. */
  start: number;
  /** The picture of the one before that is the same. Absent if they don't overlap. */
  same?: Keyframe;
}

/**
 * Moves what follows each join so that there is no gap, and sound stays with its pictures. The tracks come back in the same order.
 *
 * @param cuts By the stretch of pictures after the join.
 */
export function moveStretches(
  video: Track,
  sounds: readonly Track[],
  joins: readonly Join[],
  cuts: ReadonlyMap<Stretch, Cut>,
): MovedStretch[][] {
  const shifts = [0];
  for (const join of joins) shifts.push(shiftAfter(join, shifts.at(-1) as number, cuts.get(join.video.after)));
  const move = (track: Track, seams: readonly (Seam | undefined)[]): MovedStretch[] => {
    // A track that begins behind a join belongs to what was recorded there.
    let part = joins.filter((join) => join.video.before.lastPosition < (track[0]?.position ?? 0)).length;
    return track.map((stretch) => {
      const own = seams.findIndex((seam) => seam?.after === stretch);
      if (own >= 0) part = own + 1;
      return { stretch, shift: shifts[part] as number };
    });
  };
  const ofTrack = (number: number): (Seam | undefined)[] => joins.map((join) => join.sounds.get(number));
  return [
    move(
      video,
      joins.map((join) => join.video),
    ),
    ...sounds.map((track, number) => move(track, ofTrack(number))),
  ];
}

function shiftAfter({ video, sounds }: Join, shift: number, cut: Cut | undefined): number {
  if (cut?.same) return cut.same.shown + shift - cut.start;
  const start = cut?.start ?? video.after.begin;
  const pictures = video.before.end + shift - start;
  const heard = [...sounds.values()].map(({ before, after }) => {
    return before.end + shift - (cut ? Math.max(after.begin, start) : after.begin);
  });
  const longest = Math.max(pictures, ...heard);
  return longest > pictures + TOLERATED_OVERLAP ? longest : pictures;
}
