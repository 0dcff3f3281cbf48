import { existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";

import { measure, OUT } from "./child";

/** A clip of a moving test picture with a little noise and a tone, in 16:9 at 30 frames per second. It is generated only once. */
export async function benchClip(height: number, seconds: number): Promise<string> {
  const clip = path.join(OUT, `clip-${height}p-${seconds}s.mp4`);
  if (existsSync(clip)) return clip;
  mkdirSync(OUT, { recursive: true });
  const size = `${(height * 16) / 9}x${height}`;
  await measure("ffmpeg", [
    ...["-nostdin", "-v", "error", "-y"],
    ...["-f", "lavfi", "-i", `testsrc2=size=${size}:rate=30:duration=${seconds},noise=alls=2:allf=t`],
    ...["-f", "lavfi", "-i", `sine=frequency=440:sample_rate=48000:duration=${seconds}`],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", "60", "-c:a", "aac"],
    ...["-f", "mp4", `${clip}.part`],
  ]);
  renameSync(`${clip}.part`, clip);
  return clip;
}

const SHORT_SECONDS = 20;
export const LONG_SECONDS = 120;

/** Repeats a short clip of 1080p without encoding it again. */
export async function longClip(): Promise<string> {
  const short = await benchClip(1080, SHORT_SECONDS);
  const clip = path.join(OUT, `clip-1080p-${LONG_SECONDS}s.mp4`);
  const looped = ["-stream_loop", String(LONG_SECONDS / SHORT_SECONDS - 1), "-i", short];
  await measure("ffmpeg", ["-nostdin", "-v", "error", "-y", ...looped, "-map", "0:v", "-c", "copy", clip]);
  return clip;
}
