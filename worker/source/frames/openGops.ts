import { createInterface } from "node:readline";

import { assertNotInterrupted } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { start } from "../../ffmpeg/run";
import type { ProbeStream } from "../ffprobe/output";

/** The type of unit in H.264 that holds a slice of a picture at which decoding begins anew. */
const IDR = 5;

/**
 * Whether some keyframes are followed by pictures that are shown before them and made from earlier ones. Nobody knows how many pictures
 * decoding gives from such a keyframe on before the keyframe itself. Only of H.264 it is known.
 */
export async function hasOpenGops(
  input: MediaInput,
  { index, codec_name }: ProbeStream,
  keyframes: number,
  name: string,
): Promise<boolean> {
  if (codec_name !== "h264") return true;
  const only = ["-map", `0:${index}`, "-c", "copy", "-bsf:v", `filter_units=pass_types=${IDR}`, "-f", "framecrc", "-"];
  const ffmpeg = start("ffmpeg", [...QUIET, ...INPUT_OPTIONS, "-i", input.url, ...only], { input });
  let closed = 0;
  for await (const line of createInterface({ input: ffmpeg.output })) if (!line.startsWith("#")) closed += 1;
  assertNotInterrupted(name, await ffmpeg.ended);
  return closed < keyframes;
}
