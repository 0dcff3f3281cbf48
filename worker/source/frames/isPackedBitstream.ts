import type { Probe, ProbeStream } from "../ffprobe/output";

/**
 * Whether an encoder of the DivX family put B-frames into one packet with the picture after them, and an empty picture into the next
 * packet. It marks such a stream at its beginning, with a `p` behind its version and build.
 *
 * @param readMarks Reads where such a mark may be: in the file's header and at the beginning of the stream's first packet.
 */
export async function isPackedBitstream(
  { format }: Probe,
  { codec_name }: ProbeStream,
  readMarks: () => Promise<Buffer>,
): Promise<boolean> {
  if (format.format_name !== "avi" || codec_name !== "mpeg4") return false;
  return /DivX\d+(?:b|Build)\d+p/.test((await readMarks()).toString("latin1"));
}
