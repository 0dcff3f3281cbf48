import type { Plan, PlanRendition } from "../../../contract/plan";
import { forceKeyframes } from "./forceKeyframes";
import { encoderThreads } from "./encoderThreads";

/** By x264's presets: the encoder's deadline, and the speed within it. */
const SPEEDS: Record<string, [deadline: "realtime" | "good", speed: number]> = {
  ultrafast: ["realtime", 8],
  superfast: ["realtime", 6],
  veryfast: ["good", 5],
  faster: ["good", 4],
  fast: ["good", 3],
  medium: ["good", 2],
  slow: ["good", 1],
  slower: ["good", 1],
  veryslow: ["good", 0],
};

/**
 * VP9. It calls a quality below a ceiling constrained quality. In one pass it reacts slowly to a demanding scene, and nothing
 * limits the bitrate of a moment: `-maxrate` and `-bufsize` change nothing.
 */
export function libvpx(plan: Plan, rendition: PlanRendition): string[] {
  const { preset, crf, bitrateKbps, maxBitrateKbps, colour, width } = rendition;
  const [deadline, speed] = SPEEDS[preset] ?? ["good", 3];
  return [
    ...["-c:v", "libvpx-vp9", "-deadline", deadline, "-cpu-used", String(speed)],
    ...["-profile:v", colour?.bitDepth === 10 ? "2" : "0"],
    ...(bitrateKbps === undefined
      ? ["-crf", String(crf), "-b:v", maxBitrateKbps === undefined ? "0" : `${maxBitrateKbps}k`]
      : ["-b:v", `${bitrateKbps}k`]),
    ...["-auto-alt-ref", deadline === "good" ? "1" : "0", "-lag-in-frames", deadline === "good" ? "25" : "0"],
    // Columns are at least 256 pixels wide. Threads share rows without an effect on the result.
    ...["-tile-columns", String(Math.max(0, Math.min(4, Math.floor(Math.log2(width / 256))))), "-row-mt", "1"],
    ...["-threads", String(encoderThreads(rendition)), "-flags", "+bitexact"],
    ...forceKeyframes(plan),
  ];
}
