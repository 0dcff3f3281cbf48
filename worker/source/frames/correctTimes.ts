import type { PlanSource } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import type { AviSlots } from "./aviSlots";
import type { CountedFrames } from "./frameCounter";

/** What is known of pictures once their times are correct. */
export type CorrectedFrames = CountedFrames & Pick<PlanSource, "times">;

/** More gaps than this make a filter that is too long for a command. */
const MAX_GAPS = 1500;

/** Refuses AVI in which so many pictures were dropped that their times can't be handed to ffmpeg. */
export function assertFewGaps(name: string, { gaps }: Pick<AviSlots, "gaps">): void {
  if (gaps.length <= MAX_GAPS) return;
  throw new InputError(
    `${name} is H.264 in AVI, which states no times, and lacks pictures in ${gaps.length.toLocaleString("en")} places, of which at most ${MAX_GAPS.toLocaleString("en")} are accepted; convert it with \`ffmpeg -i IN.avi -fps_mode cfr -c:v libx264 -crf 16 OUT.mp4\`.`,
  );
}

/** Whether pictures get their times by their number, because ffmpeg gets some of them wrong that are reordered, or come before a gap. */
export function areCounted(slots: AviSlots | undefined, reordered = 0): slots is AviSlots {
  return slots !== undefined && (reordered > 0 || slots.gaps.length > 0);
}

/**
 * Corrects the times of pictures if they can't be shown at the decoder's.
 *
 * @param slots Present if pictures get their times by their number.
 * @param isOpen Whether decoding has to begin with the first picture, because from other keyframes on numbers aren't known.
 */
export function correctTimes(
  counted: CountedFrames,
  slots: Pick<AviSlots, "every" | "gaps"> | undefined,
  isOpen: boolean,
): CorrectedFrames {
  const { keyframes, total, disordered } = counted;
  if (!slots) return { ...counted, ...(disordered ? { times: "rising" } : {}) };
  const { every, gaps } = slots;
  const times = { every, ...(gaps.length > 0 ? { gaps } : {}) };
  return { ...counted, ...(isOpen ? { keyframes: [keyframes[0] as number], frames: [total] } : {}), times };
}
