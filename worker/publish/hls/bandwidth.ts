import type { IFrame } from "./iframes";
import { targetDuration } from "./playlist";

/** Bits per second, as in a master playlist. */
export interface Bandwidth {
  peak: number;
  average: number;
}

/** What is transferred for a span of time: segments, or the keyframes that stand for it. */
export interface Transfers {
  segments: Iterable<Pick<IFrame, "bytes" | "duration">>;
  timescale: number;
}

/**
 * The peak is the highest bitrate of any run of segments that lasts between half and one and a half target durations
 * (RFC 8216, 4.3.4.2), so that a very short last segment does not count by itself.
 */
export function bandwidth({ segments, timescale }: Transfers): Bandwidth {
  const seconds: number[] = [];
  const bits: number[] = [];
  for (const { bytes, duration } of segments) {
    seconds.push(duration / timescale);
    bits.push(bytes * 8);
  }
  const target = targetDuration(seconds);
  const average = sum(bits) / sum(seconds);
  let peak = average;
  for (let first = 0; first < bits.length; first++) {
    let [time, size] = [0, 0];
    for (let last = first; last < bits.length; last++) {
      time += seconds[last] ?? 0;
      size += bits[last] ?? 0;
      if (time > target * 1.5) break;
      if (time >= target * 0.5) peak = Math.max(peak, size / time);
    }
  }
  return { peak: Math.ceil(peak), average: Math.ceil(average) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
