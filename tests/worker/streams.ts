import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { ffmpeg, ffprobe } from "../support/clips";

const run = promisify(execFile);

/** Seconds from the first picture to each, as they come out of ffmpeg's decoder; ffprobe may have been built without it. */
export async function shownAt(path: string): Promise<number[]> {
  const microseconds = ["-fps_mode", "passthrough", "-enc_time_base", "1/1000000", "-f", "framecrc", "-"];
  const { stdout } = await run("ffmpeg", ["-v", "error", "-nostdin", "-i", path, "-map", "0:v:0", ...microseconds]);
  const times = [...stdout.matchAll(/^0, +-?\d+, +(-?\d+),/gm)].map(([, time]) => Number(time));
  return times.map((time) => (time - (times[0] as number)) / 1e6);
}

/** How much alike two videos are, picture by picture: 1 is the same, the next picture clearly less. */
export async function similarity(one: string, other: string): Promise<number> {
  const graph = "[0:v]settb=1/25,setpts=N[one];[1:v]settb=1/25,setpts=N[other];[one][other]ssim";
  const said = await ffmpeg("-i", one, "-i", other, "-lavfi", graph, "-fps_mode", "passthrough", "-f", "null", "-");
  return Number(/All:(\S+)/.exec(said)?.[1]);
}

/** When the keyframes of a video are shown. */
export async function keyframesOf(path: string): Promise<number[]> {
  const packets = await ffprobe(path, "packet=pts_time,flags", "-select_streams", "v");
  return packets.filter(([, flags]) => flags?.startsWith("K")).map(([time]) => Number(time));
}

/** What the headers in the first packet of a video say, field by field, whether or not there is a decoder. */
export async function headersOf(path: string): Promise<Map<string, number>> {
  const trace = ["-map", "0:v", "-c", "copy", "-frames:v", "1", "-bsf:v", "trace_headers", "-f", "null", "-"];
  const [, packet = ""] = (await ffmpeg("-i", path, ...trace)).split(/Packet: /);
  const fields = packet.matchAll(/\d+ +([a-z]\w+) +[01]+ = (-?\d+)$/gm);
  return new Map([...fields].map(([, name = "", value]) => [name, Number(value)]));
}
