import type { Probe, ProbeStream } from "../ffprobe/output";

/**
 * Whether an MPEG-4 encoder of the DivX family put a B-frame into one packet with the picture after it, and an empty picture
 * into the next packet. It says so at the beginning of the stream, with a `p` behind its version and build.
 */
export function isPacked({ format }: Probe, { codec_name }: ProbeStream, head: Buffer): boolean {
  if (format.format_name !== "avi" || codec_name !== "mpeg4") return false;
  return /DivX\d+(?:b|Build)\d+p/.test(head.toString("latin1"));
}
