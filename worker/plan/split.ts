import type { LadderPart, PlanPart } from "../../contract/plan";

/** The limit of AWS Batch for the children of an array job. */
export const MAX_CHUNKS_PER_PART = 10_000;

/** When the first picture appears and when the last one disappears, if sound begins earlier or lasts longer than they do. */
export interface HeldPictures {
  from: number;
  until: number;
}

/** The video's keyframes and frames, in the source's time base. */
export interface FrameIndex {
  /** Display timestamps of the keyframes, in increasing order. There is at least one. */
  keyframes: ArrayLike<number>;
  /** The number of frames shown from each keyframe until the next. */
  frames: ArrayLike<number>;
  /** When the last frame shown ends. */
  end: number;
  /** The largest number of frames shown within the length of one GOP. Absent if the rate is assumed to be constant. */
  densest?: number;
  /** When the recordings of a joined source begin but the first: the times of keyframes. */
  recordings?: readonly { pts: number }[];
  /** When colours begin that are coded in another way than those before: the times of keyframes. */
  colours?: readonly { from: number }[];
  /** Absent if the first and the last picture are shown for their own time only. */
  held?: HeldPictures;
}

export interface Split {
  parts: PlanPart[];
  boundaries: number[];
  frames: number[];
}

/**
 * Divides a video into parts, and the parts into chunks. Every boundary is a keyframe, so that each chunk can be decoded from its first
 * frame. Each recording begins with a chunk, and so does each coding of colours.
 *
 * @param ticksPerSecond The unit of the keyframes' timestamps.
 */
export function splitVideo(
  index: FrameIndex,
  ticksPerSecond: number,
  parts: readonly LadderPart[],
  chunkSeconds: number,
): Split {
  const { keyframes } = index;
  const timeOf = (keyframe: number): number =>
    keyframe < keyframes.length ? (keyframes[keyframe] as number) : index.end;
  const result: PlanPart[] = [];
  /** The numbers of the keyframes at which chunks begin. */
  const beginnings: number[] = [];
  let first = 0;
  for (const part of parts) {
    if (first >= keyframes.length) break;
    const seconds = part === parts.at(-1) ? undefined : part.seconds;
    const last =
      seconds === undefined ? keyframes.length : firstAtOrAfter(index, timeOf(first) + seconds * ticksPerSecond);
    const placed = placeChunks(index, first, last, (timeOf(last) - timeOf(first)) / ticksPerSecond / chunkSeconds);
    const chunks = withChanges(index, placed, last);
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

/** Divides the stretch between two keyframes into chunks of about equal length, each beginning at the keyframe nearest to its target. */
function placeChunks(index: FrameIndex, first: number, last: number, wanted: number): number[] {
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

/** Adds the keyframes with which recordings and codings of colours begin. If there are too many chunks, others are left out. */
function withChanges(index: FrameIndex, placed: number[], last: number): number[] {
  const first = placed[0] as number;
  const times = [...(index.recordings ?? []).map(({ pts }) => pts), ...(index.colours ?? []).map(({ from }) => from)];
  const begins = times.map((time) => firstAtOrAfter(index, time));
  const own = begins.filter((keyframe) => keyframe > first && keyframe < last);
  return [...new Set([first, ...own, ...placed])].slice(0, MAX_CHUNKS_PER_PART).sort((a, b) => a - b);
}

function nearestTo(index: FrameIndex, time: number): number {
  const after = firstAtOrAfter(index, time);
  if (after === 0) return 0;
  if (after >= index.keyframes.length) return after - 1;
  const [left, right] = [index.keyframes[after - 1] as number, index.keyframes[after] as number];
  return time - left <= right - time ? after - 1 : after;
}

/** Whether a keyframe is shown at a time. */
export function isKeyframe(index: FrameIndex, time: number): boolean {
  return index.keyframes[firstAtOrAfter(index, time)] === time;
}

/** Uses bisection, since a video in which every frame is a keyframe has millions. */
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

/**
 * The longest time between a keyframe at which a chunk begins and a keyframe before it.
 *
 * @param pictures The number of pictures that there have to be between the two, unless the video begins before.
 */
export function leadSeconds(
  index: FrameIndex,
  boundaries: readonly number[],
  ticksPerSecond: number,
  pictures = 1,
): number {
  const leads = boundaries.slice(1, -1).map((boundary) => {
    let before = firstAtOrAfter(index, boundary);
    for (let count = 0; before > 0 && count < pictures; count += index.frames[before] as number) before -= 1;
    return boundary - (index.keyframes[before] as number);
  });
  return leads.reduce((longest, lead) => Math.max(longest, lead), 0) / ticksPerSecond;
}
