import { InputError } from "../../errors/errors";
import { readFirstFragment } from "../mp4/firstFragment";
import { type ReadFile, readMediaTracks } from "../mp4/movie";

/** Refuses an MP4 whose fragments only say when they begin: nothing tells when their further pictures are shown. */
export async function assertTimedFragments(name: string, file: ReadFile, head: Buffer): Promise<void> {
  for (const track of await readMediaTracks(file, head)) {
    const fragment = await readFirstFragment(file, track);
    if (fragment && !fragment.isTimed) {
      throw new InputError(
        `${name} has fragments that don't say the duration of their ${track.what}; export it again.`,
      );
    }
  }
}
