import { assertNotInterrupted } from "../../ffmpeg/failure";
import { start } from "../../ffmpeg/run";
import { PROBE_OPTIONS } from "../ffprobe/options";
import type { ProbeStream } from "../ffprobe/output";
import type { Source } from "../loopback/source";

/** Bytes: more than the headers that come before a picture. */
const HEAD = 4096;

/** Reads the beginning of a stream's first packet, which may come after a lot of sound. Empty if the demuxer doesn't say where that is. */
export async function readFirstPacket(input: Source, { index }: ProbeStream, name: string): Promise<Buffer> {
  const first = ["-select_streams", String(index), "-read_intervals", "%+#1"];
  const show = ["-show_entries", "packet=pos", "-of", "csv=p=0"];
  const ffprobe = start("ffprobe", [...PROBE_OPTIONS, ...first, ...show, "-i", input.url], { input });
  let text = "";
  for await (const piece of ffprobe.output.setEncoding("utf8")) text += piece as string;
  assertNotInterrupted(name, (await ffprobe.ended).stderr);
  const position = /^\d+/.exec(text)?.[0];
  return position === undefined ? Buffer.alloc(0) : input.read(Number(position), HEAD);
}
