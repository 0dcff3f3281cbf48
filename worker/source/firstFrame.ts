import { start } from "../ffmpeg/run";
import type { MediaInput } from "../storage/storage";
import type { ProbeStream, SideData } from "./description";
import { probeOptions } from "./probe";

/** What is coded beside the first picture. Whether it can be decoded at all shows elsewhere; here nothing is no error. */
export async function firstFrame(input: MediaInput, { index }: ProbeStream): Promise<SideData[]> {
  const show = ["-select_streams", String(index), "-read_intervals", "%+#1", "-show_frames", "-print_format", "json"];
  const ffprobe = start("ffprobe", [...probeOptions(input), ...show, "-i", input.url]);
  let text = "";
  for await (const piece of ffprobe.output.setEncoding("utf8")) text += piece as string;
  if ((await ffprobe.ended).code !== 0) return [];
  const { frames = [] } = JSON.parse(text) as { frames?: { side_data_list?: SideData[] }[] };
  return frames[0]?.side_data_list ?? [];
}
