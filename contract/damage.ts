/** The share of a video's length that may be damaged, unless the pipeline or the execution's input sets another. */
export const DEFAULT_MAX_DAMAGED_SHARE = 0.02;

/**
 * A stretch of a video that its file doesn't hold as it was recorded. Times are in seconds from the beginning of the video.
 */
export interface Damage {
  fromSeconds: number;
  toSeconds: number;
  /** A clause for people, such as `2 pictures can't be decoded`. */
  what: string;
}

/** The damaged seconds of a video. Each counts once, however many things are wrong with it. */
export function damagedSeconds(damage: readonly Damage[]): number {
  let total = 0;
  let end = -Infinity;
  for (const { fromSeconds, toSeconds } of [...damage].sort((one, other) => one.fromSeconds - other.fromSeconds)) {
    total += Math.max(0, toSeconds - Math.max(end, fromSeconds));
    end = Math.max(end, toSeconds);
  }
  return total;
}
