import type { Plan, PlanRendition } from "../../../components/workflow/plan";
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
    // Pictures encoded side by side share the bits under a ceiling as their threads happen to run, which makes every run
    // different. Slices of one picture don't, for the same time and hardly a difference in quality.
    ...["-threads", String(encoderThreads(rendition)), "-thread_type", "slice"],
    ...["-forced-idr", "1", "-flags", "+cgop+bitexact"],
    ...forcedKeyframes(plan),
  ];
}
