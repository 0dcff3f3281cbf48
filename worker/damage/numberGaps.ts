import { JobError } from "../errors/errors";
import { assertNotInterrupted } from "../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput } from "../ffmpeg/input";
import { start } from "../ffmpeg/run";

/** Bytes of headers: some hundred lines. */
const HEADER_BYTES = 1 << 18;

/** Whether a stream of H.264 may leave out pictures on purpose, as one does whose rate was reduced (ISO/IEC 14496-10, 7.4.2.1.1). */
export async function allowsNumberGaps(input: MediaInput, stream: number, name: string): Promise<boolean> {
  const headers = ["-c", "copy", "-bsf:v", "trace_headers", "-frames:v", "1", "-f", "null", "-"];
  const ffmpeg = start(
    "ffmpeg",
    ["-hide_banner", "-nostdin", "-nostats", ...INPUT_OPTIONS, "-i", input.url, "-map", `0:${stream}`, ...headers],
    { input, stderrBytes: HEADER_BYTES },
  );
  const { signal, stderr } = await ffmpeg.ended;
  if (signal) throw new JobError(`ffmpeg was ended by ${signal}.`);
  assertNotInterrupted(name, stderr);
  return /gaps_in_frame_num_allowed_flag +1 = 1/.test(stderr);
}
