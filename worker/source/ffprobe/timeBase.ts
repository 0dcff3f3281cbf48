import type { ProbeStream } from "./output";

/** Seconds of one tick of a stream's timestamps, as a fraction. */
export function timeBaseOf({ time_base }: Pick<ProbeStream, "time_base">): [numerator: number, denominator: number] {
  const [numerator = 0, denominator = 0] = time_base.split("/").map(Number);
  return [numerator, denominator];
}
