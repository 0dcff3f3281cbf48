import type { Plan } from "../../components/workflow/plan";
import { inputOptions, QUIET } from "../ffmpeg/input";
import type { MediaInput } from "../storage/storage";
import type { ThumbnailGrid } from "./grid";
import { SCENE_THRESHOLD } from "./scenes";

const POSTER_SIDE = 1280;

/** Names of what ffmpeg makes, in the directory that it runs in. */
export const POSTER = "poster.jpg";
export const SHEET_PATTERN = "sheet-%d.jpg";

/**
 * One pass for everything: the pictures are decoded once and made small once. Scene changes come as text on standard
 * output. Pictures that no other is decoded from are passed over, which saves a third of the work and costs a scene
 * change three frames of precision at most.
 */
export function featureArguments(plan: Plan, grid: ThumbnailGrid, input: MediaInput): string[] {
  return [
    ...QUIET,
    ...["-progress", "pipe:3", "-filter_complex_threads", "1"],
    ...inputOptions(input),
    ...["-copyts", "-skip_frame", "noref", "-threads", "2", "-an", "-sn", "-dn", "-i", input.url],
    ...["-filter_complex", graph(plan, grid)],
    ...["-map", "[scenes]", "-f", "null", "-"],
    ...["-map", "[poster]", ...jpeg("3"), "-update", "1", `file:${POSTER}`],
    ...["-map", "[sheets]", ...jpeg("5"), `file:${SHEET_PATTERN}`],
  ];
}

function jpeg(quality: string): string[] {
  return ["-c:v", "mjpeg", "-q:v", quality, "-pix_fmt", "yuvj420p", "-flags", "+bitexact", "-fps_mode", "passthrough"];
}

function graph({ source, timeline }: Plan, grid: ThumbnailGrid): string {
  const { width, height, intervalSeconds, columns, rows } = grid;
  const posterTime = (source.durationSeconds / 10).toFixed(6);
  const factor = Math.min(1, POSTER_SIDE / Math.max(source.width, source.height));
  const side = (length: number): number => Math.max(2, Math.round((length * factor) / 2) * 2);
  return [
    // Frames before the first keyframe can't be shown, and are not counted in the plan.
    `[0:${source.videoStream}]settb=1/${timeline.timescale},setpts=PTS-(${timeline.origin}),trim=start_pts=0,split[whole][shrink]`,
    // The first frame, and over it the one after a tenth of the time, should there be one.
    `[whole]select=eq(n\\,0)+gte(t\\,${posterTime})*not(gte(prev_t\\,${posterTime})),scale=${side(source.width)}:${side(source.height)},setsar=1[poster]`,
    `[shrink]scale=${width * 2}:${height * 2}:flags=fast_bilinear,setsar=1,split[watch][thumbs]`,
    `[watch]select=gt(scene\\,${SCENE_THRESHOLD}),metadata=print:file=pipe\\\\:1[scenes]`,
    // The picture that is on show at each multiple of the interval, also when nothing changes for a while.
    `[thumbs]fps=1/${intervalSeconds}:start_time=0:round=up,scale=${width}:${height},tile=${columns}x${rows}[sheets]`,
  ].join(";");
}
