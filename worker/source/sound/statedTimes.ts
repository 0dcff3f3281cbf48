import type { MediaInput } from "../../ffmpeg/input";
import { probeLines } from "../ffprobe/probeLines";

/** ffmpeg makes up the times that a file doesn't state, unless it is told not to. */
const STATED_ONLY = ["-fflags", "+nofillin"];

/** The times that a file states for the frames of its sound, in ticks by the index of the stream. NaN for those that have none of their own. */
export async function listStatedTimes(input: MediaInput, name: string): Promise<Map<number, number[]>> {
  const shown = ["-select_streams", "a", "-show_entries", "packet=stream_index,pts"];
  const times = new Map<number, number[]>();
  for await (const line of probeLines(input, [...STATED_ONLY, ...shown], name)) {
    const [stream = "", pts = ""] = line.split(",");
    if (!/^\d+$/.test(stream)) continue;
    const known = times.get(Number(stream)) ?? [];
    times.set(Number(stream), known);
    known.push(Number(pts));
  }
  return times;
}
