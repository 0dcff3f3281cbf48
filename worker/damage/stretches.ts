import type { Damage } from "../../contract/damage";
import type { Plan } from "../../contract/plan";

/** A picture, or a packet of sound, in the time base of its stream. */
export interface Timed {
  pts: number;
  duration: number;
}

/** How the times of a video's stream become seconds. A plan is one. */
interface VideoTimes {
  source: Pick<Plan["source"], "timeBase">;
  timeline: Pick<Plan["timeline"], "origin" | "timescale">;
}

/** Converts a time of the source's video stream to seconds from the beginning of the video, to a millisecond. */
export function secondsInto({ source, timeline }: VideoTimes, pts: number): number {
  return roundToMilliseconds((pts * source.timeBase[0] - timeline.origin) / timeline.timescale);
}

export function roundToMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** Joins what follows one another without a gap, and counts it. `gap` is what rounding may leave in between, in ticks. */
export function joinAdjacent(all: readonly Timed[], gap = 1): (Timed & { count: number })[] {
  const joined: (Timed & { count: number })[] = [];
  for (const { pts, duration } of [...all].sort((one, other) => one.pts - other.pts)) {
    const last = joined.at(-1);
    if (last && pts <= last.pts + last.duration + gap) {
      last.duration = Math.max(last.duration, pts + duration - last.pts);
      last.count += 1;
    } else joined.push({ pts, duration, count: 1 });
  }
  return joined;
}

/** All that is damaged, in order, without what several jobs have found. */
export function unionOf(damage: Iterable<Damage>): Damage[] {
  const different = new Map<string, Damage>();
  for (const one of damage) different.set(JSON.stringify([one.fromSeconds, one.toSeconds, one.what]), one);
  return [...different.values()].sort(
    (one, other) => one.fromSeconds - other.fromSeconds || one.toSeconds - other.toSeconds,
  );
}

/** `1 picture`, `2 pictures` */
export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
