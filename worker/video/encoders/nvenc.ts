import type { Plan, PlanRendition } from "../../../contract/plan";
import { forcedKeyframes } from "./keyframes";
import { ceiling } from "./rate";

/** The GPU's presets run from p1, the fastest, to p7. x264's names take the one that is as far along its own scale. */
const PRESETS: Record<string, string> = {
  ultrafast: "p1",
  superfast: "p2",
  veryfast: "p3",
  faster: "p4",
  fast: "p4",
  medium: "p5",
  slow: "p6",
  slower: "p7",
  veryslow: "p7",
};

/** Two B-frames, no more than are waited for between decoding and showing; no keyframes of its own at scene cuts. */
export function nvenc(plan: Plan, rendition: PlanRendition): string[] {
  const { preset, crf, bitrateKbps } = rendition;
  return [
    ...encoderOf(rendition),
    ...["-preset", PRESETS[preset] ?? "p4", "-rc", "vbr", "-no-scenecut", "1", "-bf", "2"],
    // A quality has no effect beside a bitrate, and ffmpeg sets one of its own.
    ...(bitrateKbps === undefined ? ["-cq", String(crf), "-b:v", "0"] : ["-b:v", `${bitrateKbps}k`]),
    ...ceiling(rendition),
    ...["-forced-idr", "1", "-flags", "+cgop+bitexact"],
    ...forcedKeyframes(plan),
  ];
}

function encoderOf({ codec, colour }: PlanRendition): string[] {
  if (codec === "av1") return ["-c:v", "av1_nvenc"];
  if (codec !== "hevc") return ["-c:v", "h264_nvenc", "-profile:v", "high"];
  return ["-c:v", "hevc_nvenc", "-tag:v", "hvc1", "-profile:v", colour?.bitDepth === 10 ? "main10" : "main"];
}
