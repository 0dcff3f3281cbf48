import type { Plan, PlanRendition } from "../../../contract/plan";
import { forceKeyframes } from "./forceKeyframes";
import { ceilingArguments } from "./bitrateCeiling";
import { encoderThreads } from "./encoderThreads";

export function x264(plan: Plan, rendition: PlanRendition): string[] {
  const { preset, crf, bitrateKbps } = rendition;
  const [numerator, denominator] = plan.source.frameRate;
  return [
    ...["-c:v", "libx264", "-preset", preset, "-profile:v", "high", "-sc_threshold", "0"],
    ...(bitrateKbps === undefined ? ["-crf", String(crf)] : ["-b:v", `${bitrateKbps}k`]),
    ...ceilingArguments(rendition),
    // x264 derives the level from the frame rate, and would mistake the fine time base for it.
    ...["-x264-params", `fps=${numerator}/${denominator}`],
    // When the bitrate reaches the ceiling, threads divide the bits in the order in which they run, and so do slices of a picture:
    // sizes differ between runs, pictures and keyframes don't. Only a single thread always writes the same bytes, in twice the time.
    ...["-threads", String(encoderThreads(rendition)), "-forced-idr", "1", "-flags", "+cgop+bitexact"],
    ...forceKeyframes(plan),
  ];
}
