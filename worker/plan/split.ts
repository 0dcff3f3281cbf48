import type { LadderPart, PlanPart } from "../../contract/plan";

/** Children of one Batch array job. */
export const MAX_CHUNKS_PER_PART = 10_000;

/** What the video's index says, in the source's time base. */
export interface FrameIndex {
  /** Display timestamps of the keyframes, increasing. There is at least one. */
  keyframes: ArrayLike<number>;
  /** Frames shown from each keyframe until the next. */
  frames: ArrayLike<number>;
  /** The end of the last frame shown. */
  end: number;
  /** The most frames that are shown within the length of one GOP. Absent where a constant rate is taken for granted. */
  densest?: number;
}

export interface Split {
  parts: PlanPart[];
  boundaries: number[];
  frames: number[];
}

/**
 * Divides a video into parts and those into chunks. Every boundary is a keyframe, so that a chunk can be decoded from
 * its first frame on.
 *
 * @param ticksPerSecond Of the keyframes' timestamps.
 */
export function split(
  index: FrameIndex,
  ticksPerSecond: number,
  parts: readonly LadderPart[],
  chunkSeconds: number,
): Split {
  const { keyframes } = index;
  const timeOf = (keyframe: number): number =>
    keyframe < keyframes.length ? (keyframes[keyframe] as number) : index.end;
  const result: PlanPart[] = [];
  /** Keyframes, by their number, at which chunks begin. */
  const beginnings: number[] = [];
  let first = 0;
  for (const part of parts) {
    if (first >= keyframes.length) break;
    const seconds = part === parts.at(-1) ? undefined : part.seconds;
    const last =
      seconds === undefined ? keyframes.length : firstAtOrAfter(index, timeOf(first) + seconds * ticksPerSecond);
    const chunks = chunkBeginnings(index, first, last, (timeOf(last) - timeOf(first)) / ticksPerSecond / chunkSeconds);
    beginnings.push(...chunks);
    result.push({ chunks: chunks.length });
    first = last;
  }
  return {
    parts: result,
    boundaries: [...beginnings.map(timeOf), index.end],
    frames: beginnings.map((beginning, chunk) =>
      framesBetween(index, beginning, beginnings[chunk + 1] ?? keyframes.length),
    ),
  };
}

/** Where chunks of about equal length begin between two keyframes: each at the keyframe nearest to its target. */
function chunkBeginnings(index: FrameIndex, first: number, last: number, wanted: number): number[] {
  const count = Math.min(MAX_CHUNKS_PER_PART, Math.max(1, Math.round(wanted)));
  const start = index.keyframes[first] as number;
  const end = last < index.keyframes.length ? (index.keyframes[last] as number) : index.end;
  const beginnings = [first];
  for (let chunk = 1; chunk < count; chunk++) {
    const nearest = nearestTo(index, start + ((end - start) * chunk) / count);
    if (nearest > (beginnings.at(-1) as number) && nearest < last) beginnings.push(nearest);
  }
  return beginnings;
}

function nearestTo(index: FrameIndex, time: number): number {
  const after = firstAtOrAfter(index, time);
  if (after === 0) return 0;
  if (after >= index.keyframes.length) return after - 1;
  const [left, right] = [index.keyframes[after - 1] as number, index.keyframes[after] as number];
  return time - left <= right - time ? after - 1 : after;
}

/** By bisection: a video whose every frame is a keyframe has millions. */
function firstAtOrAfter({ keyframes }: FrameIndex, time: number): number {
  let [low, high] = [0, keyframes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keyframes[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function framesBetween({ frames }: FrameIndex, first: number, last: number): number {
  let sum = 0;
  for (let keyframe = first; keyframe < last; keyframe++) sum += frames[keyframe] as number;
  return sum;
}

/** The longest time from a keyframe to the next one, where a chunk begins with that. */
export function leadSeconds(index: FrameIndex, boundaries: readonly number[], ticksPerSecond: number): number {
  const leads = boundaries.slice(1, -1).map((boundary) => {
    const before = firstAtOrAfter(index, boundary) - 1;
    return boundary - (index.keyframes[before] ?? boundary);
  });
  return leads.reduce((longest, lead) => Math.max(longest, lead), 0) / ticksPerSecond;
}
