import type { ProbeStream } from "./output";

/** The length of one tick of a stream's timestamps in seconds, as a fraction. */
export function parseTimeBase({ time_base }: Pick<ProbeStream, "time_base">): [numerator: number, denominator: number] {
  const [numerator = 0, denominator = 0] = time_base.split("/").map(Number);
  return [numerator, denominator];
}
