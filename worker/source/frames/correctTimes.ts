import type { PlanSource } from "../../../contract/plan";
import type { Probe, ProbeStream } from "../ffprobe/output";
import type { CountedFrames } from "./frameCounter";

/** Codecs whose pictures can't be told from those that are shown earlier before they are decoded. */
const OPAQUE = ["h264", "hevc"];

/** What is known of pictures once their times are correct. */
export type CorrectedFrames = CountedFrames & Pick<PlanSource, "times">;

/**
 * Corrects the times of pictures if they can't be shown at the decoder's. AVI states none. ffmpeg takes the times of decoding for them, and
 * of a codec that reorders pictures it then gets the last ones wrong.
 */
export function correctTimes(
  { format }: Probe,
  { codec_name = "", has_b_frames = 0 }: ProbeStream,
  counted: CountedFrames,
): CorrectedFrames {
  const { keyframes, last, total, disordered } = counted;
  const first = keyframes[0] as number;
  const every = Math.round((last - first) / (total - 1));
  const isReordered = format.format_name === "avi" && OPAQUE.includes(codec_name) && has_b_frames > 0;
  // Some pictures may be further apart than others. Then their times can't be known, and the decoder's are the best there are.
  if (isReordered && Math.abs(last - first - every * (total - 1)) < every) {
    const end = first + every * total;
    return { ...counted, last: end - every, end, times: { every } };
  }
  return { ...counted, ...(disordered ? { times: "rising" } : {}) };
}
