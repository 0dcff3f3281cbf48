import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface ClipOptions {
  width?: number;
  height?: number;
  /** As ffmpeg reads it, for example `30000/1001`. */
  rate?: string;
  seconds?: number;
  /** A sine tone as long as the clip, or of a length of its own. */
  sound?: boolean | number;
  /** Options of the video encoder. The default is quick H.264 with a keyframe each second or so. */
  video?: readonly string[];
  /** Filters after the test picture, for example `setsar=4/3`. */
  filter?: string;
  /** Options before the output's name. */
  output?: readonly string[];
}

/** A directory of a test's own, and how to get rid of it. */
export async function clipDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), "video-clips-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Makes a small clip of a moving test picture. The container follows the path's extension. Returns the path. */
export async function makeClip(path: string, options: ClipOptions = {}): Promise<string> {
  const { width = 160, height = 90, rate = "25", seconds = 2, sound = false, filter, output = [] } = options;
  const { video = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "25", "-pix_fmt", "yuv420p"] } =
    options;
  const picture = `testsrc2=s=${width}x${height}:r=${rate}:d=${seconds}`;
  const tone = `sine=440:r=48000:d=${sound === true ? seconds : sound}`;
  await ffmpeg(
    ...["-f", "lavfi", "-i", filter === undefined ? picture : `${picture},${filter}`],
    ...(sound === false ? [] : ["-f", "lavfi", "-i", tone]),
    ...["-fps_mode", "passthrough", ...video, ...output, `file:${path}`],
  );
  return path;
}

/** Runs ffmpeg for a test; what it says is in the error if it fails. */
export async function ffmpeg(...args: string[]): Promise<string> {
  const { stderr } = await run("ffmpeg", ["-nostdin", "-hide_banner", "-y", ...args], { maxBuffer: 1 << 26 });
  return stderr;
}

/** Shows entries of a file as ffprobe's CSV, one array of cells per line. */
export async function ffprobe(path: string, entries: string, ...options: string[]): Promise<string[][]> {
  const show = ["-v", "error", ...options, "-show_entries", entries, "-of", "csv=p=0", path];
  const { stdout } = await run("ffprobe", show, { maxBuffer: 1 << 26 });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(","));
}
