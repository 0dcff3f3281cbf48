import type { Plan, PlanRendition } from "../../../contract/plan";
import { forcedKeyframes } from "./keyframes";
import { ceiling } from "./rate";
import { encoderThreads } from "./threads";

export function x264(plan: Plan, rendition: PlanRendition): string[] {
  const { preset, crf, bitrateKbps } = rendition;
  const [numerator, denominator] = plan.source.frameRate;
  return [
    ...["-c:v", "libx264", "-preset", preset, "-profile:v", "high", "-sc_threshold", "0"],
    ...(bitrateKbps === undefined ? ["-crf", String(crf)] : ["-b:v", `${bitrateKbps}k`]),
    ...ceiling(rendition),
    // x264 derives the level from a frame rate, and would take the fine time base for one.
    ...["-x264-params", `fps=${numerator}/${denominator}`],
    // Under a ceiling that it runs into, threads share the bits as they happen to run, and so do slices of a picture: sizes differ
    // from run to run, pictures and keyframes don't. Only a single thread always writes the same bytes, in twice the time.
    ...["-threads", String(encoderThreads(rendition)), "-forced-idr", "1", "-flags", "+cgop+bitexact"],
    ...forcedKeyframes(plan),
  ];
}
