import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { ffmpeg } from "./clips";

/**
 * Encodes the renditions that MediaConvert's stand-in copies: pictures and sound in HLS with segments of two seconds, and MP4s.
 *
 * @param heights Of pictures of 16 by 9.
 */
export async function prepareLadder(folder: string, heights: readonly number[], seconds: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const outputs = heights.flatMap((height) => {
    const encoded = [
      ...["-map", "0:v", "-map", "1:a", "-s", `${2 * Math.round((height * 8) / 9)}x${height}`],
      ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50", "-sc_threshold", "0"],
      ...["-c:a", "aac", "-b:a", "64k", "-ar", "48000"],
    ];
    const hls = ["-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod"];
    const file = (ending: string): string => join(folder, `${height}p.${ending}`);
    return [...encoded, ...hls, file("m3u8"), ...encoded, "-movflags", "+faststart", file("mp4")];
  });
  const pictures = `testsrc2=s=320x180:r=25:d=${seconds}`;
  await ffmpeg("-f", "lavfi", "-i", pictures, "-f", "lavfi", "-i", `sine=d=${seconds}`, ...outputs);
}
