import { assertNotInterrupted } from "../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput } from "../ffmpeg/input";
import { start } from "../ffmpeg/run";

/** Makes ffmpeg print what headers say. Tags of the file are among it, which may read like errors. */
const WITH_HEADERS = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info"];

const ALLOWS = /gaps_in_frame_num_allowed_flag +1 = 1/;

/** Whether a stream of H.264 may leave out pictures on purpose, as one does whose rate was reduced (ISO/IEC 14496-10, 7.4.2.1.1). */
export async function allowsNumberGaps(input: MediaInput, stream: number, name: string): Promise<boolean> {
  const headers = ["-c", "copy", "-bsf:v", "trace_headers", "-frames:v", "1", "-f", "null", "-"];
  let allows = false;
  const ffmpeg = start(
    "ffmpeg",
    [...WITH_HEADERS, ...INPUT_OPTIONS, "-i", input.url, "-map", `0:${stream}`, ...headers],
    { input, onLine: (line) => (allows ||= ALLOWS.test(line)) },
  );
  assertNotInterrupted(name, await ffmpeg.ended);
  return allows;
}
