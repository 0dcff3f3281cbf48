import { createInterface } from "node:readline";

import type { MediaInput } from "../../ffmpeg/input";
import { start } from "../../ffmpeg/run";
import { assertRead } from "./assertRead";
import { PROBE_OPTIONS } from "./options";

/**
 * Yields the lines of CSV that ffprobe prints about an input. What is damaged has no lines. At the end it throws if ffprobe failed or was ended:
 * then the lines may be fewer than those of the file.
 *
 * @param name The file's name in messages.
 */
export async function* probeLines(input: MediaInput, options: readonly string[], name: string): AsyncGenerator<string> {
  const args = [...PROBE_OPTIONS, ...options, "-of", "csv=p=0", "-i", input.url];
  const ffprobe = start("ffprobe", args, { input });
  yield* createInterface({ input: ffprobe.output });
  assertRead(name, await ffprobe.ended);
}
