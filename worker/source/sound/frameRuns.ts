import type { FrameRun } from "../../../contract/sourceAudio";

/** A frame of sound, in seconds. */
export interface TimedFrame {
  /** The time that the file states. NaN where it states none. */
  stated: number;
  /** The time that ffmpeg gives it. */
  given: number;
  length: number;
}

/** Seconds by which lengths and times differ. Rounded ones differ by less, and the lengths that codecs have by more. */
const DIFFERENT = 0.0005;

/** Lists the frames that ffmpeg gives wrong times, with the right ones, and those between them that follow one another. */
export function correctTimes(frames: readonly TimedFrame[]): FrameRun[] {
  const runs: (FrameRun & { isWrong: boolean })[] = [];
  const begins = beginsOf(frames);
  frames.forEach(({ given, length }, index) => {
    const begin = begins[index] as number;
    let run = runs.at(-1);
    const due = run && run.begin + run.count * run.length;
    if (!run || differ(length, run.length) || differ(begin, due as number)) {
      run = { from: index, count: 0, begin, length, isWrong: false };
      runs.push(run);
    }
    run.count += 1;
    run.isWrong ||= differ(begin, given);
  });
  return runs
    .filter(({ isWrong }) => isWrong)
    .map(({ from, count, begin, length }) => ({ from, count, begin, length }));
}

/**
 * When frames begin. An elementary packet has several, of which only the first has a time. If their length changes within the packet, those behind
 * the change lead up to the next time that is stated: between them and those before there may be a pause, or an overlap.
 */
export function beginsOf(frames: readonly TimedFrame[]): number[] {
  const begins: number[] = [];
  for (let from = 0; from < frames.length; from = begins.length) {
    let to = from + 1;
    while (to < frames.length && Number.isNaN((frames[to] as TimedFrame).stated)) to += 1;
    const group = frames.slice(from, to);
    const { stated, given } = group[0] as TimedFrame;
    const next = frames[to]?.stated;
    const count = next === undefined ? group.length : countFollowing(group, frames[from - 1], next);
    const leading = group.slice(count);
    begins.push(...follow(Number.isNaN(stated) ? given : stated, group.slice(0, count)));
    begins.push(...follow((next ?? 0) - totalOf(leading), leading));
  }
  return begins;
}

/** How many frames of a group follow its own time. The others lead up to the next one. */
function countFollowing(group: readonly TimedFrame[], before: TimedFrame | undefined, next: number): number {
  const { stated, length } = group[0] as TimedFrame;
  if (Number.isNaN(stated)) return 0;
  const changed = group.findLastIndex(
    (frame, index) => index > 0 && differ(frame.length, (group[index - 1] as TimedFrame).length),
  );
  if (changed >= 0) return changed;
  // No muxer lets a time fall, so that the first one after a change is too late if the frames before overlap with it.
  const isLate = before && differ(length, before.length) && stated + totalOf(group) - next > DIFFERENT;
  return isLate ? 0 : group.length;
}

function totalOf(frames: readonly TimedFrame[]): number {
  return frames.reduce((sum, { length }) => sum + length, 0);
}

function follow(begin: number, frames: readonly TimedFrame[]): number[] {
  let next = begin;
  return frames.map(({ length }) => (next += length) - length);
}

function differ(one: number, other: number): boolean {
  return Math.abs(one - other) > DIFFERENT;
}
