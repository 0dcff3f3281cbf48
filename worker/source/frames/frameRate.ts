/** Frames per second as a fraction. */
export type FrameRate = [numerator: number, denominator: number];

/**
 * Determines the nominal frame rate. Containers round or guess it, so a header's rate counts only if the frames agree with it. Otherwise
 * it is the measured average, which is the only rate that a video with a variable one has.
 *
 * @param intervals Their number between the first frame and the last.
 * @param seconds From the first frame to the last.
 */
export function determineFrameRate(
  stated: readonly (string | undefined)[],
  intervals: number,
  seconds: number,
): FrameRate {
  const measured = seconds > 0 ? intervals / seconds : 0;
  // Rounding by the container may add or remove one interval, which matters in a short clip.
  const tolerance = measured * 0.01 + (seconds > 0 ? 1 / seconds : 0);
  for (const text of stated) {
    const [numerator = 0, denominator = 0] = (text ?? "").split("/").map(Number);
    if (numerator <= 0 || denominator <= 0) continue;
    const rate = numerator / denominator;
    if (intervals < 2 || Math.abs(rate - measured) <= tolerance) return [numerator, denominator];
  }
  return measured > 0 ? [Math.max(1, Math.round(measured * 1000)), 1000] : [25, 1];
}
