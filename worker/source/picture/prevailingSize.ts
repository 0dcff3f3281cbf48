import type { ProbeStream } from "../ffprobe/output";
import { prevailing } from "./prevailing";

/** A size in pixels, and the timestamp from which on pictures have it. */
export interface SizeChange {
  from: number;
  width: number;
  height: number;
  /** How wide a pixel is for its height. Absent if only the container says so. */
  pixel?: [width: number, height: number];
}

/** The stream with the size that it has for the longest time: that of most of a call which began with little bandwidth. */
export function withPrevailingSize(video: ProbeStream, sizes: readonly SizeChange[], end: number): ProbeStream {
  const size = prevailing(sizes, end, ({ width }) => width);
  if (!size) return video;
  const { pixel, ...pixels } = size;
  return { ...video, ...pixels, ...(pixel ? { sample_aspect_ratio: pixel.join(":") } : {}) };
}
