/** Frames per second as a fraction. */
export type FrameRate = [numerator: number, denominator: number];

/**
 * The rate to state. Containers round it or guess it, so what a header says is taken only if the frames agree; otherwise
 * it is the measured average, which is all that a variable rate has.
 *
 * @param intervals Between the first frame and the last.
 * @param seconds From the first frame to the last.
 */
export function frameRate(stated: readonly (string | undefined)[], intervals: number, seconds: number): FrameRate {
  const measured = seconds > 0 ? intervals / seconds : 0;
  // One interval more or less is the container's rounding, which weighs in a short clip.
  const tolerance = measured * 0.01 + (seconds > 0 ? 1 / seconds : 0);
  for (const text of stated) {
    const [numerator = 0, denominator = 0] = (text ?? "").split("/").map(Number);
    if (numerator <= 0 || denominator <= 0) continue;
    const rate = numerator / denominator;
    if (intervals < 2 || Math.abs(rate - measured) <= tolerance) return [numerator, denominator];
  }
  return measured > 0 ? [Math.max(1, Math.round(measured * 1000)), 1000] : [25, 1];
}
