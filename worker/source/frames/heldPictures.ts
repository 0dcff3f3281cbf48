import type { HeldPictures } from "../../plan/split";
import type { SoundRuns } from "./soundRuns";

/**
 * Seconds by which sound has to begin before the first picture for that to be shown from then on. Less is how recordings begin, and is
 * cut; encoders add some milliseconds that aren't heard.
 */
const EARLIER = 0.55;

/** Seconds by which sound has to be longer than the picture. Less is what encoders add to fill up their last frame. */
const LONGER = 0.1;

/** The pictures of a video, in ticks. */
export interface Pictures {
  first: number;
  end: number;
  ticksPerSecond: number;
}

/**
 * How long the first and the last picture are held, so that the video has as much picture as it has sound. Undefined if the pictures
 * need no more than their own time.
 *
 * @param streams The indexes of the sound streams that will be encoded.
 */
export function holdPictures(
  { first, end, ticksPerSecond }: Pictures,
  sounds: SoundRuns,
  streams: readonly number[],
): HeldPictures | undefined {
  const [begins, ends] = [first / ticksPerSecond, end / ticksPerSecond];
  const heard = sounds.extend({ start: begins, end: ends }, streams);
  const from = begins - heard.start > EARLIER ? Math.floor(heard.start * ticksPerSecond) : first;
  const until = heard.end - ends > LONGER ? Math.ceil(heard.end * ticksPerSecond) : end;
  return from < first || until > end ? { from, until } : undefined;
}
