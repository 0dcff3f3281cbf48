import type { TimedSample } from "./fragment";
import type { Sample } from "./readFragmented";

/** Where audio frames go on the output's timeline, in ticks. */
export interface SoundPlacement {
  start: number;
  segmentTicks: number;
  frameTicks: number;
  /** Frames at the beginning that decode to sound from before the start. */
  primingFrames: number;
}

/**
 * Places audio frames on the output's timeline and groups them into one fragment per segment.
 *
 * The encoder's priming is left out. An edit list would have to hide it, and players disagree about edit lists. Without
 * it, the first sample of the source is the first sample heard, in every player.
 */
export async function* placeSound(
  encoded: AsyncIterable<Sample[]>,
  { start, segmentTicks, frameTicks, primingFrames }: SoundPlacement,
): AsyncGenerator<TimedSample[]> {
  let pts = start - primingFrames * frameTicks;
  let slot = 0;
  let fragment: TimedSample[] = [];
  for await (const samples of encoded) {
    for (const sample of samples) {
      if (pts >= start) {
        const own = Math.floor((pts - start) / segmentTicks);
        if (own !== slot && fragment.length > 0) {
          yield fragment;
          fragment = [];
        }
        slot = own;
        fragment.push({ ...sample, pts, dts: pts, duration: frameTicks, sync: true });
      }
      pts += frameTicks;
    }
  }
  if (fragment.length > 0) yield fragment;
}
