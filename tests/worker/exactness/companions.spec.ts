import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { ffmpeg } from "../../support/clips";
import { describeExact } from "./describeExact";
import { gop, picture, sound, X264 } from "./ingredients";
import type { Source } from "./sources";

/** The same video in each file, with different other streams. */
async function together(path: string, inputs: string[], ...args: string[]): Promise<void> {
  const [plain, cover, subtitles, chapters] = ["plain.mp4", "cover.jpg", "long.srt", "chapters.txt"].map((name) =>
    join(dirname(path), name),
  ) as [string, string, string, string];
  const made = [...picture(), ...sound(), ...X264, ...gop(25, 2), "-fps_mode", "passthrough"];
  await ffmpeg(...made, plain);
  await ffmpeg("-i", plain, "-frames:v", "1", cover);
  await writeFile(subtitles, "1\n00:00:00,000 --> 00:00:09,000\nLonger than the picture.\n\n");
  await writeFile(chapters, ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=9\ntitle=All of it\n");
  await writeFile(join(dirname(path), "font.ttf"), "OTTO");
  const files: Record<string, string[]> = {
    plain: ["-i", plain],
    cover: ["-i", cover],
    subtitles: ["-i", subtitles],
    chapters: ["-i", chapters],
    data: ["-f", "data", "-i", cover],
  };
  const mapped = inputs.flatMap((name, index) => (name === "chapters" ? [] : ["-map", String(index)]));
  await ffmpeg(...inputs.flatMap((name) => files[name]!), ...mapped, "-c", "copy", ...args, path);
}

const picturesOfMp4 = ["-c:s", "mov_text", "-disposition:v:0", "attached_pic", "-timecode", "01:00:00:00"];
const attachment = (path: string, file: string, index: number, type: string): string[] => [
  ...["-attach", join(dirname(path), file)],
  ...[`-metadata:s:t:${index}`, `mimetype=${type}`, `-metadata:s:t:${index}`, `filename=${file}`],
];

const SOURCES: Source[] = [
  {
    name: "a cover before it, subtitles that are longer, chapters and a timecode, in MP4",
    file: "companions.mp4",
    make: (path) => together(path, ["cover", "subtitles", "plain", "chapters"], ...picturesOfMp4),
  },
  {
    name: "subtitles, an attached picture and a font, in Matroska",
    file: "companions.mkv",
    make: (path) =>
      together(
        path,
        ["subtitles", "plain", "chapters"],
        ...attachment(path, "cover.jpg", 0, "image/jpeg"),
        ...attachment(path, "font.ttf", 1, "application/x-truetype-font"),
      ),
  },
  {
    name: "a stream of data before it, in MPEG-TS",
    file: "companions.ts",
    make: (path) => together(path, ["data", "plain"], "-f", "mpegts"),
  },
];

describeExact(
  "a video that is not alone in its file has every picture at its time, and the sound with it, beside",
  SOURCES,
);
