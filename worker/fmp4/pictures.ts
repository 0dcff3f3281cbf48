import type { TimedSample } from "./fragment";
import type { Sample } from "./reader";
import { decodingTimes } from "./timing";

/** A span on the output's timeline, in ticks, and how much earlier than shown its pictures are decoded. */
export interface Span {
  start: number;
  end: number;
  delay: number;
}

/**
 * Places GOPs, whose times count from an arbitrary zero, on the output's timeline: the first picture is at the span's
 * start, and the last one lasts until its end. A GOP is passed on when the next one tells when it ends.
 */
export async function* placePictures(gops: AsyncIterable<Sample[]>, span: Span): AsyncGenerator<TimedSample[]> {
  let shift: number | undefined;
  let waiting: Sample[] | undefined;
  for await (const gop of gops) {
    const first = gop[0];
    if (!first) continue;
    if (!first.sync) throw new Error("A GOP of the encoder does not begin with a keyframe.");
    shift ??= span.start - first.pts;
    const placed = gop.map((sample) => ({ ...sample, pts: sample.pts + (shift ?? 0) }));
    if (waiting) yield timed(waiting, placed[0]?.pts ?? span.end, span.delay);
    waiting = placed;
  }
  if (waiting) yield timed(waiting, span.end, span.delay);
}

function timed(gop: readonly Sample[], end: number, delay: number): TimedSample[] {
  const times = decodingTimes(
    gop.map(({ pts }) => pts),
    delay,
  );
  return gop.map((sample, index) => {
    const dts = times[index] as number;
    return { ...sample, dts, duration: (times[index + 1] ?? end - delay) - dts };
  });
}
