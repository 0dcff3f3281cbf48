import { readFile, writeFile } from "node:fs/promises";

import { ffmpeg } from "../../support/clips";
import { describeExact } from "./describeExact";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import type { Source } from "./sources";

/** Some seconds of the recording `like`, in a transport stream with tables of its own. */
interface Part {
  seconds: number;
  /** The number of audio tracks. */
  sounds: number;
  /** When it begins by its clock. Where it is in the recording by default. */
  begin?: number;
  options?: string[];
}

const likeOf = (path: string): string => `${path}.like.mkv`;

/** So many bytes that ffmpeg doesn't come to the second part before it has to know what is in the file. */
const RICH = ["-b:v", "12M", "-minrate", "12M", "-maxrate", "12M", "-bufsize", "1M", "-nal-hrd", "cbr"];

/** Writes the parts one after the other. */
function written(parts: readonly Part[]): Source["make"] {
  const begins = parts.map((_, index) => parts.slice(0, index).reduce((sum, { seconds }) => sum + seconds, 0));
  const total = begins.at(-1)! + parts.at(-1)!.seconds;
  const tracks = Math.max(...parts.map(({ sounds }) => sounds));
  /** From the first part that has the track to the last one. */
  const heard = (track: number): string => {
    const having = parts.flatMap(({ sounds, seconds }, index) =>
      sounds > track ? [[begins[index]!, begins[index]! + seconds] as const] : [],
    );
    return `atrim=start=${having[0]![0]}:end=${having.at(-1)![1]}`;
  };
  return async (path) => {
    const inputs = Array.from({ length: tracks }, (_, track) => sound(total, track + 1)).flat();
    const maps = Array.from({ length: tracks }, (_, track) => [
      ...["-map", String(track + 1), `-filter:a:${track}`, heard(track)],
    ]).flat();
    const picturesOf = [...picture({ seconds: total, size: "192x128" }), ...inputs];
    await encode(picturesOf, "-map", "0", maps, X264, RICH, gop(25), "-c:a", "pcm_s16le")(likeOf(path));
    const pieces: Buffer[] = [];
    for (const [index, { seconds, sounds, begin = begins[index]!, options = [] }] of parts.entries()) {
      const cut = ["-ss", String(begins[index]), "-t", String(seconds), "-i", likeOf(path), "-map", "0:v"];
      const kept = Array.from({ length: sounds }, (_, track) => ["-map", `0:a:${track}`]).flat();
      const placed = ["-output_ts_offset", String(begin + 1), ...options, "-f", "mpegts", `${path}.${index}`];
      await ffmpeg(...cut, ...kept, "-c:v", "copy", "-c:a", "mp2", ...placed);
      pieces.push(await readFile(`${path}.${index}`));
    }
    await writeFile(path, Buffer.concat(pieces));
  };
}

const OTHER_PIDS = ["-mpegts_start_pid", "512"];
const OTHER_TABLE = [...OTHER_PIDS, "-mpegts_pmt_start_pid", "4010", "-mpegts_service_id", "7"];

const SOURCES: Source[] = [
  {
    name: "sound in the middle",
    file: "middle.ts",
    make: written([
      { seconds: 6, sounds: 0 },
      { seconds: 2, sounds: 1 },
      { seconds: 2, sounds: 0 },
    ]),
    heardAt: [7],
  },
  {
    name: "a second audio track",
    file: "second.ts",
    make: written([
      { seconds: 6, sounds: 1 },
      { seconds: 2, sounds: 2 },
    ]),
    channels: [1, 2],
    heardAt: [7],
  },
  {
    name: "sound with other pictures, another programme and another clock",
    file: "programme.ts",
    make: written([
      { seconds: 6, sounds: 0 },
      { seconds: 2, sounds: 1, begin: 0, options: OTHER_TABLE },
    ]),
    heardAt: [7],
  },
  {
    name: "pictures and sound of three programmes, each with a clock of its own",
    file: "three.ts",
    make: written([
      { seconds: 6, sounds: 1, begin: 40 },
      { seconds: 2, sounds: 1, begin: 500, options: OTHER_TABLE },
      { seconds: 2, sounds: 1, options: ["-mpegts_start_pid", "700", "-mpegts_pmt_start_pid", "4020"] },
    ]),
    heardAt: [5, 7, 9],
  },
];

describeExact(
  "a transport stream goes on with",
  SOURCES.map((source) => ({ channels: [1], ...source, like: likeOf })),
);
