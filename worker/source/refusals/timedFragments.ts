import { InputError } from "../../errors/errors";
import { readFirstFragment } from "../mp4/firstFragment";
import type { MediaTrack, ReadFile } from "../mp4/movie";

/** Refuses an MP4 whose fragments only say when they begin: nothing tells when their further pictures are shown. */
export async function assertTimedFragments(name: string, file: ReadFile, tracks: readonly MediaTrack[]): Promise<void> {
  for (const track of tracks) {
    const fragment = await readFirstFragment(file, track);
    if (fragment && !fragment.isTimed) {
      throw new InputError(
        `${name} has fragments that don't say the duration of their ${track.what}; export it again.`,
      );
    }
  }
}
