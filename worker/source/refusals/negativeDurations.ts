import { InputError } from "../../errors/errors";
import type { ReadUpTo } from "../../storage/readRange";
import type { MediaTrack } from "../mp4/movie";
import { findNegativeDuration } from "../mp4/negativeDuration";

/** Refuses an MP4 or MOV whose index goes back in time. Players differ in what they make of that, and so do versions of ffmpeg. */
export async function assertPositiveDurations(
  name: string,
  read: ReadUpTo,
  tracks: readonly MediaTrack[],
): Promise<void> {
  for (const track of tracks) {
    const ticks = await findNegativeDuration(read, track);
    if (ticks === undefined) continue;
    throw new InputError(
      `${name} has an index that gives some of its ${track.what} a negative duration (${ticks} ticks), and nothing says when what follows is played; export it again.`,
    );
  }
}
