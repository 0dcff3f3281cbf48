import type { TimedSample } from "./fragment";
import type { Sample } from "./reader";

/** Samples in one AAC frame. */
const FRAME = 1024;

/**
 * Places AAC frames on the output's timeline and groups them into one fragment per segment.
 *
 * The first frame is left out. It is the encoder's priming: it decodes to 1,024 samples from before the beginning, which
 * an edit list would have to hide, and players disagree about edit lists. Without it, the first sample of the source is
 * the first sample heard, in every player.
 */
export async function* placeSound(
  encoded: AsyncIterable<Sample[]>,
  start: number,
  segmentTicks: number,
): AsyncGenerator<TimedSample[]> {
  let pts = start - FRAME;
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
        fragment.push({ ...sample, pts, dts: pts, duration: FRAME, sync: true });
      }
      pts += FRAME;
    }
  }
  if (fragment.length > 0) yield fragment;
}
