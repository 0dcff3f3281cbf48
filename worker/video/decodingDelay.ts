import type { Plan, PlanRendition } from "../../contract/plan";
import { videoCodecOf } from "./codecs/videoCodecs";

/**
 * How long pictures are held between decoding and showing: two nominal frames, as many as the encoders reorder. Codecs that
 * don't reorder need none: they hide pictures that are decoded early in others.
 */
export function decodingDelay({ source, timeline }: Plan, rendition: Pick<PlanRendition, "codec">): number {
  if (!videoCodecOf(rendition).reordersPictures) return 0;
  const [numerator, denominator] = source.frameRate;
  const frame = Math.round((timeline.timescale * denominator) / numerator);
  return Math.min(Math.max(2, 2 * frame), timeline.offset);
}
