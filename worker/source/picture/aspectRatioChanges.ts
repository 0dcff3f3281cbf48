import { createInterface } from "node:readline";

import type { PictureShape } from "../../../contract/plan";
import { JobError } from "../../errors";
import { blamesSurroundings } from "../../ffmpeg/failure";
import { inputOptions, QUIET } from "../../ffmpeg/input";
import { start } from "../../ffmpeg/run";
import type { MediaInput } from "../../storage/storage";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { probeOptions } from "../probe";

/** Containers that leave the shape of pixels to the pictures themselves; the others have one for all. */
const UNDECLARED = ["mpegts", "mpeg", "mpegvideo", "h264", "hevc"];

/** Units that say it, by codec: sequence parameter sets, and MPEG-2's sequence header. */
const HEADERS: Record<string, number> = { h264: 7, hevc: 33, mpeg2video: 179 };

/** More changes than any programme has; the plan has to hold them. */
const MOST = 200;

/**
 * The shapes of pixels where they change on the way, as broadcasts do between 4:3 and 16:9. ffmpeg 5 gives each picture its own, later
 * ones give all of them the first one's, so that it has to be known when the filters are made. Nothing where there is only one.
 */
export async function changingShapes(
  input: MediaInput,
  probed: Probe,
  video: ProbeStream,
  name: string,
): Promise<PictureShape[] | undefined> {
  const unit = HEADERS[video.codec_name ?? ""];
  if (!UNDECLARED.includes(probed.format.format_name) || unit === undefined) return undefined;
  if (await isAlwaysTheSame(input, video, unit, name)) return undefined;
  const shapes = await shapesOf(input, video, name);
  return shapes.length > 1 && shapes.length <= MOST ? shapes : undefined;
}

/** Compares checksums of the headers, which takes no decoding. What can't be read may be another one. */
async function isAlwaysTheSame(
  input: MediaInput,
  { index }: ProbeStream,
  unit: number,
  name: string,
): Promise<boolean> {
  const only = ["-map", `0:${index}`, "-c", "copy", "-bsf:v", `filter_units=pass_types=${unit}`, "-f", "framecrc", "-"];
  const ffmpeg = start("ffmpeg", [...QUIET, ...inputOptions(input), "-i", input.url, ...only]);
  const found = new Set<string>();
  for await (const line of createInterface({ input: ffmpeg.output })) {
    const checksum = line.startsWith("#") ? undefined : line.split(",")[5];
    if (checksum !== undefined) found.add(checksum);
  }
  const { code, stderr } = await ffmpeg.ended;
  assertRead(name, stderr);
  return code === 0 && found.size <= 1;
}

/** Decodes the keyframes, each of which has the shape of what follows it. */
async function shapesOf(input: MediaInput, { index }: ProbeStream, name: string): Promise<PictureShape[]> {
  const keyframes = ["-select_streams", String(index), "-skip_frame", "nokey"];
  const show = ["-show_entries", "frame=pts,sample_aspect_ratio", "-of", "csv=p=0"];
  const ffprobe = start("ffprobe", [...probeOptions(input), ...keyframes, ...show, "-i", input.url]);
  const shapes: PictureShape[] = [];
  for await (const line of createInterface({ input: ffprobe.output })) {
    const [, pts, across, down] = /^(-?\d+),(\d+):(\d+)/.exec(line) ?? [];
    if (pts === undefined) continue;
    const [width, height] = [Number(across), Number(down)];
    const pixel: PictureShape["pixel"] = width > 0 && height > 0 ? [width, height] : [1, 1];
    if (shapes.at(-1)?.pixel.join() !== pixel.join()) shapes.push({ from: Number(pts), pixel });
  }
  assertRead(name, (await ffprobe.ended).stderr);
  return shapes;
}

/** Damage is for others to judge; a file that was not read to its end tells nothing. */
function assertRead(name: string, stderr: string): void {
  if (blamesSurroundings(stderr)) throw new JobError(`Reading ${name} failed: ${stderr.trim().split("\n").at(-1)}`);
}
