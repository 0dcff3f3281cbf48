import { assertNotInterrupted } from "../../ffmpeg/failure";
import { start } from "../../ffmpeg/run";
import type { MediaInput } from "../../ffmpeg/input";
import { undecodedByProbeError } from "../refusals/undecodable";
import type { ProbeStream, SideData } from "../ffprobe/output";
import { PROBE_OPTIONS } from "../ffprobe/options";

/**
 * Reads the side data of the first picture that can be decoded, within so many packets of its stream. By now ffmpeg is known to decode
 * the video; an ffprobe of another build that can't would hide the display for which the video was made, so that is refused.
 */
export async function readFirstFrame(
  input: MediaInput,
  video: ProbeStream,
  packets: number,
  name: string,
): Promise<SideData[]> {
  const show = ["-show_frames", "-print_format", "json"];
  const interval = ["-select_streams", String(video.index), "-read_intervals", `%+#${packets}`];
  const ffprobe = start("ffprobe", [...PROBE_OPTIONS, ...interval, ...show, "-i", input.url], { input });
  let text = "";
  for await (const piece of ffprobe.output.setEncoding("utf8")) text += piece as string;
  const exit = await ffprobe.ended;
  assertNotInterrupted(name, exit);
  const { frames = [] } = (exit.code === 0 ? JSON.parse(text) : {}) as { frames?: { side_data_list?: SideData[] }[] };
  if (frames.length === 0) {
    throw undecodedByProbeError(name, video);
  }
  return frames.flatMap(({ side_data_list = [] }) => side_data_list);
}
