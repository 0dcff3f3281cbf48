import { InputError } from "../../errors/errors";
import { isContainer } from "../ffprobe/isContainer";
import type { ProbeFormat, ProbeStream } from "../ffprobe/output";

/**
 * Refuses H.264 with reordered pictures in ASF. A packet has one time there, which ffmpeg takes for that of decoding, and it works out when
 * pictures are shown for other codecs only.
 */
export function assertShownOrder(
  name: string,
  format: ProbeFormat,
  { codec_name, has_b_frames = 0 }: ProbeStream,
): void {
  if (!isContainer(format, ["asf"]) || codec_name !== "h264" || has_b_frames === 0) return;
  throw new InputError(
    `${name} is H.264 in ASF whose pictures are stored in another order than they are shown in, and whose times are only those of decoding; export it as MP4 or Matroska.`,
  );
}
