import type { EvenTimes, PlanSource } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import { BARE, isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import type { AviSlots } from "./aviSlots";
import type { CountedFrames } from "./frameCounter";

/** What is known of pictures once their times are correct. */
export type CorrectedFrames = CountedFrames & Pick<PlanSource, "times">;

/** More gaps than this make a filter that is too long for a command. */
const MAX_GAPS = 1500;

/** Refuses AVI in which so many pictures were dropped that their times can't be handed to ffmpeg. */
export function assertFewGaps(name: string, { gaps = [] }: EvenTimes): void {
  if (gaps.length <= MAX_GAPS) return;
  throw new InputError(
    `${name} is H.264 in AVI, which states no times, and lacks pictures in ${gaps.length.toLocaleString("en")} places, of which at most ${MAX_GAPS.toLocaleString("en")} are accepted; convert it with \`ffmpeg -i IN.avi -fps_mode cfr -c:v libx264 -crf 16 OUT.mp4\`.`,
  );
}

/**
 * The times of pictures that get them by their number: in AVI because ffmpeg gets some of those wrong that are reordered, or come before
 * empty slots, and without a container because it makes up all of them. Undefined for others.
 */
export function numberedTimes(
  { format }: Probe,
  { has_b_frames = 0 }: ProbeStream,
  slots: AviSlots | undefined,
  counted: CountedFrames,
): EvenTimes | undefined {
  if (slots && (has_b_frames > 0 || slots.every > 1 || slots.gaps.length > 0)) {
    const { every, gaps } = slots;
    return { every, ...(gaps.length > 0 ? { gaps } : {}) };
  }
  if (!isContainer(format, BARE)) return undefined;
  const from = counted.keyframes[0] as number;
  const every = (counted.last - from) / (counted.total - 1);
  return Number.isInteger(every) ? { every, from } : undefined;
}

/**
 * Corrects the times of pictures if they can't be shown at the decoder's.
 *
 * @param isOpen Whether decoding has to begin with the first picture, because from other keyframes on numbers aren't known.
 */
export function correctTimes(counted: CountedFrames, times: EvenTimes | undefined, isOpen: boolean): CorrectedFrames {
  const { keyframes, total, disordered } = counted;
  if (!times) return { ...counted, ...(disordered ? { times: "rising" } : {}) };
  return { ...counted, ...(isOpen ? { keyframes: [keyframes[0] as number], frames: [total] } : {}), times };
}
