import type { MediaInput } from "../ffmpeg/input";
import { traceHeaders } from "../ffmpeg/traceHeaders";

const ALLOWS = /gaps_in_frame_num_allowed_flag +1 = 1/;

/** Whether a stream of H.264 may leave out pictures on purpose, as one does whose rate was reduced (ISO/IEC 14496-10, 7.4.2.1.1). */
export async function allowsNumberGaps(input: MediaInput, stream: number, name: string): Promise<boolean> {
  let allows = false;
  await traceHeaders(input, stream, name, (line) => (allows ||= ALLOWS.test(line)));
  return allows;
}
