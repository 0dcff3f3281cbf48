import { assertNotInterrupted } from "./failure";
import { INPUT_OPTIONS, type MediaInput } from "./input";
import type { OnLine } from "./remarks";
import { start } from "./run";

/** Makes ffmpeg print what headers say. Tags of the file are among it, which may read like errors. */
const WITH_HEADERS = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info"];

/** Hands over what the headers of a stream say that come with its first packet, or before it. */
export async function traceHeaders(input: MediaInput, stream: number, name: string, onLine: OnLine): Promise<void> {
  const first = ["-map", `0:${stream}`, "-c", "copy", "-bsf:v", "trace_headers", "-frames:v", "1", "-f", "null", "-"];
  const ffmpeg = start("ffmpeg", [...WITH_HEADERS, ...INPUT_OPTIONS, "-i", input.url, ...first], { input, onLine });
  assertNotInterrupted(name, await ffmpeg.ended);
}
