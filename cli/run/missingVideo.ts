import { existsSync } from "node:fs";
import path from "node:path";

import { shellWord } from "../../contract/shellWord";
import { commandText } from "../output/commandText";

/** Endings for which ffmpeg's own defaults make a video that plays everywhere. */
const SAMPLE_ENDINGS = new Set([".mp4", ".mov", ".mkv"]);

/** Whether there is no such file. Only the jobs can look for one in S3. */
export function isMissing(video: string): boolean {
  return !video.startsWith("s3://") && !existsSync(video);
}

/** What to do without a video: name one, or make one to try. */
export function describeMissingVideo(video: string | undefined): string {
  const what =
    video === undefined
      ? "run needs a video: a file, s3://bucket/key, or with --resume the folder of a run."
      : `The video ${path.resolve(video)} doesn't exist.`;
  const sample = video !== undefined && SAMPLE_ENDINGS.has(path.extname(video)) ? video : "clip.mp4";
  return `${what} To try it without your own video, make a ten-second clip:\n  ${sampleCommand(sample)}\n  ${commandText(["run", sample])}`;
}

/** Every ffmpeg that runs the pipeline understands it. */
function sampleCommand(file: string): string {
  return `ffmpeg -f lavfi -i testsrc2=s=hd720:d=10 -f lavfi -i sine=d=10 -pix_fmt yuv420p ${shellWord(file)}`;
}
