import type { Source } from "../source/loopback/source";
import { readFirstFragments } from "../source/mp4/firstFragment";
import { type MediaTrack, readMediaTracks } from "../source/mp4/movie";
import { hasSeveralPictureDescriptions } from "../source/mp4/sampleDescriptions";
import { assertWholeIndex } from "../source/refusals/damagedIndex";
import { assertDecodableDescriptions } from "../source/refusals/descriptions";
import { assertPlainEdits } from "../source/refusals/edits";
import { assertPositiveDurations } from "../source/refusals/negativeDurations";
import { assertOwnMedia } from "../source/refusals/referenceMovie";
import { assertMovie } from "../source/refusals/stillPictures";
import { assertTimedFragments } from "../source/refusals/timedFragments";

/** What the index of an MP4 or MOV says. */
export interface MovieIndex {
  /** Empty in other containers. */
  tracks: MediaTrack[];
  /** Whether pictures may be described in several ways. */
  isVaried: boolean;
}

/** Reads the index of an MP4 or MOV before ffprobe does, and refuses one that ffmpeg doesn't follow. */
export async function readIndex(name: string, input: Source, head: Buffer): Promise<MovieIndex> {
  await assertMovie(name, input, head);
  const tracks = await readMediaTracks(input, head);
  await assertOwnMedia(name, input.read, tracks);
  await assertWholeIndex(name, input, tracks);
  // Before anything of the descriptions is hidden.
  await assertDecodableDescriptions(name, input, tracks);
  await assertPositiveDurations(name, input.read, tracks);
  const fragments = await readFirstFragments(input, tracks);
  assertTimedFragments(name, fragments);
  await assertPlainEdits(name, input, tracks, fragments);
  return { tracks, isVaried: await hasSeveralPictureDescriptions(input.read, tracks) };
}
