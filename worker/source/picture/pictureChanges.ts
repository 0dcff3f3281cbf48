import { createInterface } from "node:readline";

import type { PictureShape } from "../../../contract/plan";
import { assertNotInterrupted } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { mixedFieldsError } from "../refusals/codedFields";
import { start } from "../../ffmpeg/run";
import type { Probe, ProbeFrame, ProbeStream } from "../ffprobe/output";
import { probeLines } from "../ffprobe/probeLines";

/** Containers in which each picture states its own pixel aspect ratio; the others have one for the whole stream. */
const PER_PICTURE = ["mpegts", "mpeg", "mpegvideo", "h264", "hevc"];

/** The types of unit that state it, by codec: sequence parameter sets, and MPEG-2's sequence header. */
const HEADERS: Record<string, number> = { h264: 7, hevc: 33, mpeg2video: 179 };

/** More changes than any programme has. The plan has to hold them all. */
const MAX_CHANGES = 200;

/** How pictures change within a video. */
export interface PictureChanges {
  /** The shapes of pixels. Absent where there is only one. */
  shapes?: PictureShape[];
  /** One keyframe of each kind: with two fields, and without. */
  marks?: ProbeFrame[];
}

/**
 * Finds where the pixel aspect ratio changes within the video, as in broadcasts that switch between 4:3 and 16:9, and whether pictures with
 * two fields come later. ffmpeg 5 gives each picture its own ratio; later versions give all of them that of the first, so the filters have
 * to know the others in advance.
 */
export async function findPictureChanges(
  input: MediaInput,
  probed: Probe,
  video: ProbeStream,
  name: string,
): Promise<PictureChanges> {
  const unit = HEADERS[video.codec_name ?? ""];
  if (!PER_PICTURE.includes(probed.format.format_name) || unit === undefined) return {};
  // MPEG-2 may have either kind of picture under one and the same header.
  if (video.codec_name !== "mpeg2video" && (await isConstant(input, video, unit, name))) return {};
  const { shapes, marks } = await readKeyframes(input, video, name);
  if (video.codec_name === "hevc" && marks.length > 1) throw mixedFieldsError(name);
  return { ...(shapes.length > 1 && shapes.length <= MAX_CHANGES ? { shapes } : {}), marks };
}

/** Compares checksums of the headers, which needs no decoding. A header that can't be read may differ. */
async function isConstant(input: MediaInput, { index }: ProbeStream, unit: number, name: string): Promise<boolean> {
  const only = ["-map", `0:${index}`, "-c", "copy", "-bsf:v", `filter_units=pass_types=${unit}`, "-f", "framecrc", "-"];
  const ffmpeg = start("ffmpeg", [...QUIET, ...INPUT_OPTIONS, "-i", input.url, ...only], { input });
  const found = new Set<string>();
  for await (const line of createInterface({ input: ffmpeg.output })) {
    const checksum = line.startsWith("#") ? undefined : line.split(",")[5];
    if (checksum !== undefined) found.add(checksum);
  }
  const { code, stderr } = await ffmpeg.ended;
  assertNotInterrupted(name, stderr);
  return code === 0 && found.size <= 1;
}

/** Decodes the keyframes only: the pictures up to the next one have the same shape. */
async function readKeyframes(
  input: MediaInput,
  { index }: ProbeStream,
  name: string,
): Promise<{ shapes: PictureShape[]; marks: ProbeFrame[] }> {
  const keyframes = ["-select_streams", String(index), "-skip_frame", "nokey"];
  const show = ["-show_entries", "frame=pts,sample_aspect_ratio,interlaced_frame"];
  const shapes: PictureShape[] = [];
  const marks = new Map<string | undefined, ProbeFrame>();
  for await (const line of probeLines(input, [...keyframes, ...show], name)) {
    const [, pts, across, down, fields] = /^(-?\d+),(?:(\d+):(\d+)|[^,]*),([01])/.exec(line) ?? [];
    if (pts === undefined) continue;
    marks.set(fields, { stream_index: index, interlaced_frame: Number(fields) });
    const [width, height] = [Number(across ?? 0), Number(down ?? 0)];
    const pixel: PictureShape["pixel"] = width > 0 && height > 0 ? [width, height] : [1, 1];
    if (shapes.at(-1)?.pixel.join() !== pixel.join()) shapes.push({ from: Number(pts), pixel });
  }
  return { shapes, marks: [...marks.values()] };
}
