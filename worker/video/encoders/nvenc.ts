import type { PlanRendition } from "../../../contract/plan";
import { forceKeyframes } from "./forceKeyframes";
import { ceilingArguments } from "./bitrateCeiling";
import type { VideoEncoder } from "./videoEncoder";

/** By x264's presets: the GPU's preset at the same point of its scale, from p1, the fastest, to p7. */
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

/**
 * The codec's encoder on NVIDIA's GPUs: two B-frames, as many as pictures are held between decoding and showing, and no
 * keyframes at scene changes.
 *
 * @param codecArguments Select the encoder and the codec's profile.
 */
export function nvenc(codecArguments: (rendition: PlanRendition) => string[]): VideoEncoder["arguments"] {
  return (plan, rendition) => {
    const { preset, crf, bitrateKbps } = rendition;
    return [
      ...codecArguments(rendition),
      ...["-preset", PRESETS[preset] ?? "p4", "-rc", "vbr", "-no-scenecut", "1", "-bf", "2"],
      // A quality has no effect beside a bitrate, and ffmpeg sets a bitrate by default.
      ...(bitrateKbps === undefined ? ["-cq", String(crf), "-b:v", "0"] : ["-b:v", `${bitrateKbps}k`]),
      ...ceilingArguments(rendition),
      ...["-forced-idr", "1", "-flags", "+cgop+bitexact"],
      ...forceKeyframes(plan),
    ];
  };
}
