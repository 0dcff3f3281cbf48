import { createInterface } from "node:readline";

import type { ColourChange, PictureShape } from "../../../contract/plan";
import { assertNotInterrupted } from "../../ffmpeg/failure";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../../ffmpeg/input";
import { undecodedByProbeError } from "../refusals/undecodable";
import { mixedFieldsError } from "../refusals/codedFields";
import { start } from "../../ffmpeg/run";
import type { Probe, ProbeFrame, ProbeStream } from "../ffprobe/output";
import { probeLines } from "../ffprobe/probeLines";
import { ColourChanges, type PictureColour } from "./colourChanges";
import type { SizeChange } from "./prevailingSize";

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
  /** The sizes of pictures, where they may differ. */
  sizes?: SizeChange[];
  /** How colours are coded. Absent where that doesn't change. */
  colours?: ColourChange[];
}

/**
 * Finds where the pixel aspect ratio and the size change within the video, as in broadcasts that switch between 4:3 and 16:9, and whether
 * pictures with two fields come later, or colours that are coded in other ways. ffmpeg 5 gives each picture its own ratio; later
 * versions give all of them that of the first, so the filters have to know the others in advance.
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
  return changesBetween(input, video, name);
}

/** Codecs whose keyframes have all they state in their own headers, which are only read by decoding. */
const STATING = ["vp8", "vp9"];

/**
 * Finds the same where packets are stored in one piece, so that their headers have been compared while they were listed.
 *
 * @param headersDiffer Whether some of these headers are others than those before.
 */
export async function findHeaderChanges(
  input: MediaInput,
  video: ProbeStream,
  name: string,
  headersDiffer: boolean,
): Promise<PictureChanges> {
  if (!headersDiffer && !STATING.includes(video.codec_name ?? "")) return {};
  const changes = await changesBetween(input, video, name);
  if (headersDiffer && changes.sizes?.length === 0) throw undecodedByProbeError(name, video);
  return changes;
}

async function changesBetween(input: MediaInput, video: ProbeStream, name: string): Promise<PictureChanges> {
  const { shapes, marks, sizes, colours } = await readKeyframes(input, video, name);
  if (video.codec_name === "hevc" && marks.length > 1) throw mixedFieldsError(name);
  return {
    ...(shapes.length > 1 && shapes.length <= MAX_CHANGES ? { shapes } : {}),
    ...{ marks, sizes },
    ...(colours.length > 1 ? { colours } : {}),
  };
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
  const exit = await ffmpeg.ended;
  assertNotInterrupted(name, exit);
  return exit.code === 0 && found.size <= 1;
}

/** Decodes the keyframes only: the pictures up to the next one have the same shape, size and colours. */
async function readKeyframes(
  input: MediaInput,
  video: ProbeStream,
  name: string,
): Promise<Required<Pick<PictureChanges, "marks" | "sizes">> & { shapes: PictureShape[]; colours: ColourChange[] }> {
  const keyframes = ["-select_streams", String(video.index), "-skip_frame", "nokey"];
  const shapes: PictureShape[] = [];
  const sizes: SizeChange[] = [];
  const marks = new Map<number, ProbeFrame>();
  const colours = new ColourChanges(video, name);
  for await (const line of probeLines(input, [...keyframes, "-show_entries", KEYFRAME_ENTRIES], name)) {
    const keyframe = parseKeyframe(line);
    if (!keyframe) continue;
    const { pts, width, height, pixel, fields, colour } = keyframe;
    colours.add(pts, colour);
    marks.set(fields, { stream_index: video.index, interlaced_frame: fields });
    const last = sizes.at(-1);
    const isOther = shapes.at(-1)?.pixel.join() !== pixel.join();
    if (isOther) shapes.push({ from: pts, pixel });
    if (isOther || last?.width !== width || last.height !== height) sizes.push({ from: pts, width, height, pixel });
  }
  return { shapes, sizes, marks: [...marks.values()], colours: colours.found };
}

const KEYFRAME_ENTRIES =
  "frame=pts,width,height,pix_fmt,sample_aspect_ratio,interlaced_frame,color_range,color_space,color_primaries,color_transfer";

/** Reads a line of ffprobe's CSV about a keyframe. Undefined for those that describe none with a time. */
function parseKeyframe(line: string) {
  const [pts = "", width = "", height = "", pix_fmt = "", ratio = "", fields = "", ...coding] = line.split(",");
  if (!/^-?\d+$/.test(pts) || !/^[01]$/.test(fields)) return undefined;
  const [across = 0, down = 0] = ratio.split(":").map(Number);
  const pixel: PictureShape["pixel"] = across > 0 && down > 0 ? [across, down] : [1, 1];
  const [color_range, color_space, color_primaries, color_transfer] = coding;
  const colour = { pix_fmt, color_range, color_space, color_primaries, color_transfer } as PictureColour;
  return { pts: Number(pts), width: Number(width), height: Number(height), fields: Number(fields), pixel, colour };
}
