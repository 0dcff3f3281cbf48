import type { Plan } from "../../contract/plan";
import { jpegFilters } from "../video/filters/colourFilters";
import { ANY_ERROR_RATE, EXACT_CROP, INPUT_OPTIONS, type MediaInput, QUIET } from "../ffmpeg/input";
import { compositeOnBlack } from "../video/filters/compositeOnBlack";
import { cropPictures } from "../video/filters/crop";
import { delayEarly } from "../video/filters/delayEarly";
import { evenTimes } from "../video/filters/evenTimes";
import { reinitOptions } from "../video/filters/reinitOptions";
import { rotateByPicture, rotationOptions } from "../video/filters/rotateByPicture";
import { changingShape, padFilter, scaleFilter } from "../video/filters/size";
import { applyToStoredPictures } from "../video/filters/applyToStoredPictures";
import { convertByTime } from "./convertByTime";
import type { ThumbnailGrid } from "./thumbnailGrid";
import type { Interval } from "./keyframes";
import { SCENE_THRESHOLD } from "./scenes";

const POSTER_SIDE = 1280;

/** The names of the files that ffmpeg makes in its working directory. */
export const POSTER = "poster.jpg";
export const SHEET_PATTERN = "sheet-%d.jpg";

/** The pictures to decode: keyframes only, all that other pictures are decoded from, or all. */
export type DecodedPictures = "keyframes" | "referenced" | "all";

const SKIP_FRAME: Record<DecodedPictures, string> = { keyframes: "nokey", referenced: "noref", all: "default" };

const PRINT_METADATA = "metadata=print:file=pipe\\\\:1";
const PRINT_CHANGES = `${PRINT_METADATA}:key=lavfi.scene_score:value=${SCENE_THRESHOLD}:function=greater`;
const EVERY_SCORE = "select=gte(scene\\,0)";

/**
 * The filters that print text on standard output: for keyframes, how each differs from the one before; otherwise the scene changes.
 * Skipping the pictures that no other is decoded from saves a third of the work, and shifts a scene change by at most three frames. All
 * pictures go on to the output, since ffmpeg 7 and later fail if an output gets none.
 */
const SCENE_FILTERS: Record<DecodedPictures, string> = {
  keyframes: `scdet=threshold=100,${PRINT_METADATA}`,
  referenced: `${EVERY_SCORE},${PRINT_CHANGES}`,
  all: `${EVERY_SCORE},${PRINT_CHANGES}`,
};

/** One pass for scenes, poster and thumbnails, so that pictures are decoded only once. */
export function featureArguments(
  plan: Plan,
  grid: ThumbnailGrid,
  input: MediaInput,
  pictures: DecodedPictures,
): string[] {
  const filters = filterGraph(plan, grid, pictures);
  return [
    ...inputArguments({ plan, input, pictures, filters }),
    ...["-filter_complex", filters],
    ...["-map", "[scenes]", "-f", "null", "-"],
    ...["-map", "[poster]", ...jpeg("3"), "-update", "1", `file:${POSTER}`],
    ...["-map", "[sheets]", ...jpeg("5"), `file:${SHEET_PATTERN}`],
  ];
}

/** Prints the scores of all pictures from one keyframe to another on standard output. */
export function sceneArguments(plan: Plan, grid: ThumbnailGrid, input: MediaInput, between: Interval): string[] {
  const { origin, timescale } = plan.timeline;
  // Allows for rounding, by less than any frame's length.
  const [from, until] = [between.from - 0.001, between.until + 0.001];
  const seconds = (origin / timescale + between.from + 0.0005).toFixed(6);
  const filters = [
    startAtZero(plan),
    // A container's ticks may be as long as pictures.
    "settb=AVTB",
    `trim=start=${from}:end=${until}`,
    downscale(plan, grid),
    EVERY_SCORE,
    PRINT_METADATA,
  ].join(",");
  const seek = ["-noaccurate_seek", "-seek_timestamp", "1", "-ss", seconds];
  return [
    ...inputArguments({ plan, input, pictures: "referenced", filters, seek }),
    ...["-filter_complex", `${filters}[scenes]`, "-map", "[scenes]", "-f", "null", "-"],
  ];
}

interface InputArguments {
  plan: Plan;
  input: MediaInput;
  pictures: DecodedPictures;
  /** The filter graph that the pictures go through. */
  filters: string;
  /** Options that seek in the input. By default it is read from its beginning. */
  seek?: string[];
}

function inputArguments({ plan: { source }, input, pictures, filters, seek = [] }: InputArguments): string[] {
  return [
    ...QUIET,
    ...ANY_ERROR_RATE,
    // The second pass overwrites the files of the first.
    ...["-y", "-progress", "pipe:3", "-filter_complex_threads", "1"],
    ...INPUT_OPTIONS,
    ...EXACT_CROP,
    ...rotationOptions(source),
    ...reinitOptions(source, filters),
    ...["-copyts", ...seek, "-skip_frame", SKIP_FRAME[pictures], "-threads", "2"],
    ...["-an", "-sn", "-dn", "-i", input.url],
  ];
}

function jpeg(quality: string): string[] {
  return ["-c:v", "mjpeg", "-q:v", quality, "-pix_fmt", "yuvj420p", "-flags", "+bitexact", "-fps_mode", "passthrough"];
}

/** Shifts the timestamps so that the plan's first picture is at 0, and leaves out what isn't shown: pixels that are cut off or transparent. */
function startAtZero({ source, timeline }: Plan): string {
  const times = [
    ...evenTimes(source),
    ...delayEarly(source),
    `settb=1/${timeline.timescale}`,
    `setpts=PTS-(${timeline.origin})`,
  ];
  const shown = [...rotateByPicture(source), ...cropPictures(source), ...compositeOnBlack(source)];
  return `[0:${source.videoStream}]${[...times, ...shown].join(",")}`;
}

/** A field has half the lines of a picture, which are twice as high. */
const FIELD_PIXELS = "setsar=sar/2";

/** Makes small pictures for scores and thumbnails. */
function downscale(plan: Plan, { width, height }: ThumbnailGrid): string {
  const size = { width: width * 2, height: height * 2, shape: shapeOfOneField(plan) };
  return [...keepOneField(plan), `${scaleFilter(size)}:flags=fast_bilinear`, padFilter(size), "setsar=1"].join(",");
}

/** Keeps one field of an interlaced picture, since the two show different moments. */
function keepOneField({ source: { interlaced, fields, turn } }: Plan): string[] {
  const one = [...(fields ? [] : ["field=type=top"]), FIELD_PIXELS];
  return interlaced ? applyToStoredPictures({ turn }, one) : [];
}

function shapeOfOneField({ source, timeline }: Plan): string | undefined {
  return changingShape(source, timeline.origin / timeline.timescale, source.interlaced ? "a/2" : "a");
}

/** Makes thumbnails of selected pictures. A scaler that isn't told the colours makes one range of all where that changes. */
function thumbnails(plan: Plan, grid: ThumbnailGrid): string {
  const isSteady = plan.source.colours === undefined;
  const size = isSteady ? grid : { ...grid, shape: shapeOfOneField(plan) };
  const converted = convertByTime(plan, "thumbs", (colour) => jpegFilters(colour, size));
  return [...(isSteady ? [downscale(plan, grid)] : keepOneField(plan)), converted].join(",");
}

function filterGraph(plan: Plan, grid: ThumbnailGrid, pictures: DecodedPictures): string {
  const { source, timeline } = plan;
  const { columns, rows } = grid;
  const firstPicture = plan.pictures ? plan.pictures[0] * source.timeBase[0] - timeline.origin : 0;
  const posterTime = (source.durationSeconds / 10).toFixed(6);
  const factor = Math.min(1, POSTER_SIDE / Math.max(source.width, source.height));
  const side = (length: number): number => Math.max(2, Math.round((length * factor) / 2) * 2);
  const shape = changingShape(source, timeline.origin / timeline.timescale, source.fields ? "a/2" : "a");
  const size = { width: side(source.width), height: side(source.height), shape };
  // Uses the picture alone, since those before and after it may have been skipped.
  const one = source.fields ? FIELD_PIXELS : "estdif=mode=frame:deint=interlaced";
  const deinterlaced = source.interlaced ? applyToStoredPictures(source, [one]) : [];
  const poster = [...deinterlaced, convertByTime(plan, "poster", (colour) => jpegFilters(colour, size))].join(",");
  return [
    // Frames before the first keyframe can't be decoded, and the plan doesn't count them.
    `${startAtZero(plan)},trim=start_pts=${firstPicture},split=3[whole][watch][thumbs]`,
    // The first frame, overwritten by the frame after a tenth of the duration if there is one.
    `[whole]select=eq(n\\,0)+gte(t\\,${posterTime})*not(gte(prev_t\\,${posterTime})),${poster}[poster]`,
    `[watch]${downscale(plan, grid)},${SCENE_FILTERS[pictures]}[scenes]`,
    `[thumbs]${selectThumbnails(grid)},${thumbnails(plan, grid)},tile=${columns}x${rows}[sheets]`,
  ].join(";");
}

/** Steps within the interval of two thumbnails, each shorter than a picture. */
const STEPS = 250;

/**
 * Selects the picture shown at each multiple of the interval, also where the picture doesn't change for a while and after the last
 * keyframe. It precedes `scale`, after which the pictures would end too early in ffmpeg 7. The last picture is prolonged in small steps,
 * because `fps` drops one that ends before the next multiple.
 */
function selectThumbnails({ intervalSeconds, count }: ThumbnailGrid): string {
  const shown = (times: number): string => `fps=${times}/${intervalSeconds}:start_time=0:round=up`;
  const prolonged = `tpad=stop=-1:stop_mode=clone,trim=end=${count * intervalSeconds}`;
  return [shown(STEPS), prolonged, shown(1), `trim=end_frame=${count}`].join(",");
}
