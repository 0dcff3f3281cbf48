import { createInterface } from "node:readline";

import { assertNotInterrupted } from "../../ffmpeg/failure";
import type { MediaInput } from "../../ffmpeg/input";
import { start } from "../../ffmpeg/run";
import { PROBE_OPTIONS } from "./options";

/**
 * Yields the lines of CSV that ffprobe prints about an input. What it can't read has no lines; at the end it throws if the machine
 * interrupted reading.
 *
 * @param name The file's name in messages.
 */
export async function* probeLines(input: MediaInput, options: readonly string[], name: string): AsyncGenerator<string> {
  const args = [...PROBE_OPTIONS, ...options, "-of", "csv=p=0", "-i", input.url];
  const ffprobe = start("ffprobe", args, { input });
  yield* createInterface({ input: ffprobe.output });
  assertNotInterrupted(name, (await ffprobe.ended).stderr);
}
