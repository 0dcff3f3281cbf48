import type { Plan, PlanRendition } from "../../components/workflow/plan";

/** H.264 from the rendition's encoder, with closed GOPs at the same pictures in every rendition. */
export function videoCodec(plan: Plan, rendition: PlanRendition): string[] {
  return [
    ...(rendition.encoder === "nvenc" ? nvenc(rendition) : x264(plan, rendition)),
    ...ceiling(rendition),
    // Keyframes only where they are forced.
    ...["-profile:v", "high", "-g", "100000", "-forced-idr", "1", "-flags", "+cgop+bitexact"],
    ...["-force_key_frames", keyframeExpression(plan)],
  ];
}

function x264({ source }: Plan, rendition: PlanRendition): string[] {
  const { preset, crf, bitrateKbps } = rendition;
  const [numerator, denominator] = source.frameRate;
  return [
    ...["-c:v", "libx264", "-preset", preset, "-sc_threshold", "0"],
    ...(bitrateKbps === undefined ? ["-crf", String(crf)] : ["-b:v", `${bitrateKbps}k`]),
    // x264 derives the level from a frame rate, and would take the fine time base for one.
    ...["-x264-params", `fps=${numerator}/${denominator}`],
    // A fixed number, since the encoder's output depends on it and a second attempt may run on another machine.
    ...["-threads", String(encoderThreads(rendition))],
  ];
}

/** The GPU's presets run from p1, the fastest, to p7. x264's names take the one that is as far along its own scale. */
const NVENC_PRESETS: Record<string, string> = {
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
function nvenc({ preset, crf, bitrateKbps }: PlanRendition): string[] {
  return [
    ...["-c:v", "h264_nvenc", "-preset", NVENC_PRESETS[preset] ?? "p4", "-rc", "vbr", "-no-scenecut", "1", "-bf", "2"],
    // A quality has no effect beside a bitrate, and ffmpeg sets one of its own.
    ...(bitrateKbps === undefined ? ["-cq", String(crf), "-b:v", "0"] : ["-b:v", `${bitrateKbps}k`]),
  ];
}

/** About as many as the picture has work for; x264's own choice would follow the machine. */
function encoderThreads({ width, pictureHeight }: PlanRendition): number {
  return Math.max(2, Math.min(8, Math.round(Math.min(width, pictureHeight) / 180)));
}

/** The ceiling of the bitrate in kbit/s, where there is one. */
export function peakBitrateKbps({ maxBitrateKbps, bitrateKbps }: PlanRendition): number | undefined {
  return maxBitrateKbps ?? (bitrateKbps === undefined ? undefined : Math.round(bitrateKbps * 1.5));
}

/** The peak rate is held over two seconds, which players buffer with ease. */
function ceiling(rendition: PlanRendition): string[] {
  const peak = peakBitrateKbps(rendition);
  return peak === undefined ? [] : ["-maxrate", `${peak}k`, "-bufsize", `${peak * 2}k`];
}

/**
 * A keyframe at the first picture of each `gopSeconds` of the chunk, and only one there, even after a pause of several.
 * Half a tick keeps a picture that is exactly on the border from falling before it by a rounding error.
 */
function keyframeExpression({ gopSeconds, timeline }: Plan): string {
  const slack = 0.5 / timeline.timescale;
  const gop = (time: string): string => `floor((${time}+${slack})/${gopSeconds})`;
  return `expr:if(isnan(prev_forced_t),1,gt(${gop("t")},${gop("prev_forced_t")}))`;
}
