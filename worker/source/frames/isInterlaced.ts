import type { Probe, ProbeStream } from "../ffprobe/output";

/**
 * Whether pictures are stored as two fields, judged by the stream's field order, whose two letters name the field that is stored first
 * and the one that is shown first, and by its first pictures, since Matroska's header may wrongly state that they are progressive.
 */
export function isInterlaced({ frames = [] }: Probe, { index, field_order }: ProbeStream): boolean {
  if (/^[tb][tb]$/.test(field_order ?? "")) return true;
  return frames.some(({ stream_index, interlaced_frame }) => stream_index === index && interlaced_frame === 1);
}
