import type { Probe, ProbeStream } from "../ffprobe/output";

/**
 * Whether pictures are stored as two fields: by the stream's field order, whose two letters say which is stored and shown
 * first, or by its first pictures. Matroska's header may call progressive what isn't.
 */
export function isInterlaced({ frames = [] }: Probe, { index, field_order }: ProbeStream): boolean {
  if (/^[tb][tb]$/.test(field_order ?? "")) return true;
  return frames.some(({ stream_index, interlaced_frame }) => stream_index === index && interlaced_frame === 1);
}
