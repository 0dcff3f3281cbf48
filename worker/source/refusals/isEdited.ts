import { createInterface } from "node:readline";

import { assertNotInterrupted } from "../../ffmpeg/failure";
import type { MediaInput } from "../../ffmpeg/input";
import { start } from "../../ffmpeg/run";
import { isContainer } from "../ffprobe/isContainer";
import { PROBE_OPTIONS } from "../ffprobe/options";
import type { Probe } from "../ffprobe/output";
import { Completeness } from "./completeness";

/**
 * Whether a file that shows fewer packets than its index lists is complete: without its edit lists, all are there. The length in the
 * header doesn't tell, because it counts an empty edit, and one that is longer than the media.
 */
export async function isEdited(input: MediaInput, probed: Probe, name: string): Promise<boolean> {
  if (!isContainer(probed.format, ["mov"])) return false;
  const show = ["-ignore_editlist", "1", "-show_entries", "packet=stream_index", "-of", "csv=p=0"];
  const ffprobe = start("ffprobe", [...PROBE_OPTIONS, ...show, "-i", input.url], { input });
  const completeness = new Completeness();
  for await (const line of createInterface({ input: ffprobe.output })) {
    const [index] = /^\d+/.exec(line) ?? [];
    if (index !== undefined) completeness.add(Number(index), NaN, 0);
  }
  const exit = await ffprobe.ended;
  assertNotInterrupted(name, exit);
  return exit.code === 0 && completeness.hasAll(probed);
}
