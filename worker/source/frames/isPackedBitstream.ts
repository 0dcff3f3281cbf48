import type { Probe, ProbeStream } from "../ffprobe/output";

/**
 * Whether an encoder of the DivX family put B-frames into one packet with the picture after them, and an empty picture into the next
 * packet. It marks such a stream at the beginning, with a `p` behind its version and build.
 */
export function isPackedBitstream({ format }: Probe, { codec_name }: ProbeStream, head: Buffer): boolean {
  if (format.format_name !== "avi" || codec_name !== "mpeg4") return false;
  return /DivX\d+(?:b|Build)\d+p/.test(head.toString("latin1"));
}
