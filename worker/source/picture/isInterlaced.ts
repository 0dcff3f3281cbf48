import type { PlanSource } from "../../../contract/plan";
import type { Probe, ProbeFrame, ProbeStream } from "../ffprobe/output";

/**
 * Whether pictures are stored as two fields, judged by the stream's field order, whose two letters name the field that is stored first
 * and the one that is shown first, and by its first pictures, since Matroska's header may wrongly state that they are progressive.
 */
export function isInterlaced({ frames = [] }: Probe, { index, field_order }: ProbeStream): boolean {
  if (/^[tb][tb]$/.test(field_order ?? "")) return true;
  return marksOf(frames, index).has(1);
}

/** What the pictures of a stream say of themselves: 1 if they have two fields, 0 if they are progressive. */
export function marksOf(frames: readonly ProbeFrame[], index: number): Set<number | undefined> {
  return new Set(
    frames.flatMap(({ stream_index, interlaced_frame }) => (stream_index === index ? [interlaced_frame] : [])),
  );
}

export function describeFields(probed: Probe, video: ProbeStream): Pick<PlanSource, "interlaced" | "mixed"> {
  if (!isInterlaced(probed, video)) return {};
  return { interlaced: true, ...(marksOf(probed.frames ?? [], video.index).size > 1 ? { mixed: true } : {}) };
}
