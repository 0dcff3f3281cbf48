import type { Pause } from "../refusals/length";

/** Seconds within which no pause is looked for. */
const STRETCH = 60;

/**
 * Finds the longest time without a picture or sound. Packets come in any order, since some files have all of one stream before those of
 * another, so their times are kept, but only the first and the last one of each minute.
 */
export class LongestPause {
  private readonly minutes = new Map<number, [first: number, last: number]>();

  add(seconds: number): void {
    const minute = Math.floor(seconds / STRETCH);
    const known = this.minutes.get(minute);
    if (!known) this.minutes.set(minute, [seconds, seconds]);
    else if (seconds < known[0]) known[0] = seconds;
    else if (seconds > known[1]) known[1] = seconds;
  }

  /** The longest pause of more than a minute between two times, from which it counts. */
  between(start: number, end: number): Pause {
    const times = [...this.minutes].sort(([a], [b]) => a - b).flatMap(([, firstAndLast]) => firstAndLast);
    let longest: Pause = { from: 0, seconds: 0 };
    let from = start;
    for (const time of [...times.filter((one) => one > start && one < end), end]) {
      if (time - from > longest.seconds) longest = { from: from - start, seconds: time - from };
      from = time;
    }
    return longest;
  }
}
