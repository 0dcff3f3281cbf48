import type { TimedSample } from "./fragment";
import type { Sample } from "./readFragmented";
import { decodingTimes, openingTimes } from "./decodingTimes";

/** A span on the output's timeline, in ticks. */
export interface Span {
  start: number;
  end: number;
  /** How long its first picture is held before its own time. */
  lead: number;
  /** How long before they are shown its pictures are decoded. */
  delay: number;
  /** Whether the track begins with it. */
  opening: boolean;
}

/**
 * Places GOPs, whose times count from an arbitrary zero, on the output's timeline: the first picture is at the span's
 * start, and the last one lasts until its end. Encoders don't get to know that a picture is held, because x264 with a ceiling has no
 * bits left for a picture before a long pause. A GOP is yielded when the next one has come, which is its end.
 */
export async function* placePictures(gops: AsyncIterable<Sample[]>, span: Span): AsyncGenerator<TimedSample[]> {
  let shift: number | undefined;
  let waiting: Sample[] | undefined;
  let times = span.opening ? openingTimes : laterTimes;
  const timed = (gop: readonly Sample[], end: number): TimedSample[] => {
    const pictures = gop.map(({ pts }) => pts);
    const decoded = times(pictures, end, span.delay);
    times = laterTimes;
    return gop.map((sample, index) => {
      const dts = decoded[index] as number;
      return { ...sample, dts, duration: (decoded[index + 1] ?? end - span.delay) - dts };
    });
  };
  for await (const [first, ...others] of gops) {
    if (!first) continue;
    if (!first.sync) throw new Error("A GOP of the encoder doesn't begin with a keyframe.");
    const own = (shift ??= span.start + span.lead - first.pts);
    const begin = waiting ? first.pts + own : span.start;
    const placed = [{ ...first, pts: begin }, ...others.map((sample) => ({ ...sample, pts: sample.pts + own }))];
    if (waiting) yield timed(waiting, placed[0]?.pts ?? span.end);
    waiting = placed;
  }
  if (waiting) yield timed(waiting, span.end);
}

function laterTimes(shown: readonly number[], _end: number, delay: number): number[] {
  return decodingTimes(shown, delay);
}
