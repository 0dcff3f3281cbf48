import type { Plan } from "../../contract/plan";
import { jpegFilters } from "../video/colour";
import { inputOptions, QUIET } from "../ffmpeg/input";
import { barred, changingShape, keptFilters, scaled } from "../video/shape";
import { asStored } from "../video/rotation";
import type { MediaInput } from "../storage/storage";
import type { ThumbnailGrid } from "./thumbnailGrid";
import type { Interval } from "./keyframes";
import { SCENE_THRESHOLD } from "./scenes";

const POSTER_SIDE = 1280;

/** Names of what ffmpeg makes, in the directory that it runs in. */
export const POSTER = "poster.jpg";
export const SHEET_PATTERN = "sheet-%d.jpg";

/** Which pictures are looked at: keyframes only, or all that others are decoded from. */
export type Pictures = "keyframes" | "referenced";

const PASSED_OVER: Record<Pictures, string> = { keyframes: "nokey", referenced: "noref" };

const PRINT = "metadata=print:file=pipe\\\\:1";
const EVERY_SCORE = "select=gte(scene\\,0)";

/**
 * What comes as text on standard output: of keyframes, how each differs from the one before; else the scene changes. A picture that no
 * other is decoded from is passed over, which saves a third of the work and costs a scene change three frames of
 * precision at most. All pictures go on to the output: since ffmpeg 7, one that gets none is an error.
 */
const WATCH: Record<Pictures, string> = {
  keyframes: `scdet=threshold=100,${PRINT}`,
  referenced: `${EVERY_SCORE},${PRINT}:key=lavfi.scene_score:value=${SCENE_THRESHOLD}:function=greater`,
};

/** One pass for everything: the pictures are decoded once and made small once. */
export function featureArguments(plan: Plan, grid: ThumbnailGrid, input: MediaInput, pictures: Pictures): string[] {
  const filters = graph(plan, grid, pictures);
  return [
    ...reading(plan, input, pictures, filters),
    ...["-filter_complex", filters],
    ...["-map", "[scenes]", "-f", "null", "-"],
    ...["-map", "[poster]", ...jpeg("3"), "-update", "1", `file:${POSTER}`],
    ...["-map", "[sheets]", ...jpeg("5"), `file:${SHEET_PATTERN}`],
  ];
}

/** The scores of all pictures from one keyframe to another, as text on standard output. */
export function sceneArguments(plan: Plan, grid: ThumbnailGrid, input: MediaInput, between: Interval): string[] {
  const { origin, timescale } = plan.timeline;
  // Room for rounding, less than any frame's length.
  const [from, until] = [between.from - 0.001, between.until + 0.001];
  const seconds = (origin / timescale + between.from + 0.0005).toFixed(6);
  const filters = [start(plan), `trim=start=${from}:end=${until}`, small(plan, grid), EVERY_SCORE, PRINT].join(",");
  const seek = ["-noaccurate_seek", "-seek_timestamp", "1", "-ss", seconds];
  return [
    ...reading(plan, input, "referenced", filters, seek),
    ...["-filter_complex", `${filters}[scenes]`, "-map", "[scenes]", "-f", "null", "-"],
  ];
}

function reading(
  { source }: Plan,
  input: MediaInput,
  pictures: Pictures,
  filters: string,
  seek: string[] = [],
): string[] {
  return [
    ...QUIET,
    // The second pass replaces the pictures of the first.
    ...["-y", "-progress", "pipe:3", "-filter_complex_threads", "1"],
    ...inputOptions(input),
    ...keptFilters(source, filters),
    ...[
      "-copyts",
      ...seek,
      "-skip_frame",
      PASSED_OVER[pictures],
      "-threads",
      "2",
      "-an",
      "-sn",
      "-dn",
      "-i",
      input.url,
    ],
  ];
}

function jpeg(quality: string): string[] {
  return ["-c:v", "mjpeg", "-q:v", quality, "-pix_fmt", "yuvj420p", "-flags", "+bitexact", "-fps_mode", "passthrough"];
}

/** The first picture of the plan comes at 0. */
function start({ source, timeline }: Plan): string {
  return `[0:${source.videoStream}]settb=1/${timeline.timescale},setpts=PTS-(${timeline.origin})`;
}

/** A picture in two fields shows two moments; one field is enough. */
function small({ source, timeline }: Plan, { width, height }: ThumbnailGrid): string {
  const { interlaced, turn } = source;
  const shape = changingShape(source, timeline.origin / timeline.timescale);
  const size = { width: width * 2, height: height * 2, shape };
  const field = interlaced ? asStored({ turn }, ["field=type=top"]) : [];
  return [...field, `${scaled(size)}:flags=fast_bilinear`, barred(size), "setsar=1"].join(",");
}

function graph(plan: Plan, grid: ThumbnailGrid, pictures: Pictures): string {
  const { source, timeline } = plan;
  const { columns, rows } = grid;
  const posterTime = (source.durationSeconds / 10).toFixed(6);
  const factor = Math.min(1, POSTER_SIDE / Math.max(source.width, source.height));
  const side = (length: number): number => Math.max(2, Math.round((length * factor) / 2) * 2);
  const shape = changingShape(source, timeline.origin / timeline.timescale);
  const size = { width: side(source.width), height: side(source.height), shape };
  // From one picture alone: those before and after it may be passed over.
  const deinterlaced = source.interlaced ? asStored(source, ["estdif=mode=frame:deint=interlaced"]) : [];
  const poster = [...deinterlaced, ...jpegFilters(source.colour, size)].join(",");
  return [
    // Frames before the first keyframe can't be shown, and are not counted in the plan.
    `${start(plan)},trim=start_pts=0,split=3[whole][watch][thumbs]`,
    // The first frame, and over it the one after a tenth of the time, should there be one.
    `[whole]select=eq(n\\,0)+gte(t\\,${posterTime})*not(gte(prev_t\\,${posterTime})),${poster}[poster]`,
    `[watch]${small(plan, grid)},${WATCH[pictures]}[scenes]`,
    `[thumbs]${thumbnails(grid)},${small(plan, grid)},${jpegFilters(source.colour, grid).join(",")},tile=${columns}x${rows}[sheets]`,
  ].join(";");
}

/**
 * The picture that is on show at each multiple of the interval, also when nothing changes for a while, and also behind the last keyframe.
 * It comes first: in ffmpeg 7, pictures end too early behind `scale`.
 */
function thumbnails({ intervalSeconds, count }: ThumbnailGrid): string {
  const shown = `fps=1/${intervalSeconds}:start_time=0:round=up`;
  return `${shown},tpad=stop=${count}:stop_mode=clone,trim=end_frame=${count}`;
}
