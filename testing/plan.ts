import type { Damage } from "../contract/damage";
import type { Ladder, Plan } from "../contract/plan";
import { makePlan } from "../worker/plan/makePlan";

/** The video of a scripted run. */
export interface TestVideo {
  /** Pixels, as displayed. Defaults to 1,920 by 1,080. */
  width?: number;
  height?: number;
  /** Defaults to 60. */
  seconds?: number;
  /** Frames per second. Defaults to 25. */
  frameRate?: number;
  /** Defaults to true. */
  sound?: boolean;
  /** What packaging finds to be damaged. Defaults to nothing. */
  damage?: Damage[];
}

/** Ticks per second in the video's time base. Whole frame rates divide it well enough. */
const TIMESCALE = 90_000;
const BYTES_PER_SECOND = 1_000_000;

/** The worker's plan for a video with a keyframe every second, from the worker's own planner. */
export function planFor(uri: string, video: TestVideo, ladder: Ladder): Plan {
  const { width = 1920, height = 1080, seconds = 60, frameRate = 25, sound = true } = video;
  const keyframes = Array.from({ length: Math.ceil(seconds) }, (_, second) => second * TIMESCALE);
  const end = Math.round(seconds * TIMESCALE);
  const frames = keyframes.map((start) =>
    Math.round(((Math.min(start + TIMESCALE, end) - start) / TIMESCALE) * frameRate),
  );
  return makePlan(
    {
      uri,
      bytes: Math.ceil(seconds * BYTES_PER_SECOND),
      etag: "scripted",
      timeBase: [1, TIMESCALE],
      videoStream: 0,
      audioStreams: sound ? [{ stream: 1, channels: 2 }] : [],
      durationSeconds: seconds,
      frames: frames.reduce((sum, count) => sum + count, 0),
      frameRate: [frameRate, 1],
      width,
      height,
    },
    { keyframes, frames, end },
    ladder,
  );
}
