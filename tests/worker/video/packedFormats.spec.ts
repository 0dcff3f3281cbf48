import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import type { PlanRendition } from "../../../contract/plan";
import type { ProbeStream } from "../../../worker/source/ffprobe/output";
import { sourceColour } from "../../../worker/source/picture/colour";
import { colourFilters, jpegFilters } from "../../../worker/video/filters/colourFilters";
import { clipDirectory, ffmpeg } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";

const run = promisify(execFile);

/** Luma and chroma of colours in BT.709 and the limited range, and in JPEG's coding. */
const COLOURS: Record<string, [bt709: number[], jpeg: number[]]> = {
  "0x00ff00": [
    [173, 42, 26],
    [150, 44, 21],
  ],
  "0xff0000": [
    [63, 102, 240],
    [76, 85, 255],
  ],
  "0xffffff": [
    [235, 128, 128],
    [255, 128, 128],
  ],
  "0x000000": [
    [16, 128, 128],
    [0, 128, 128],
  ],
};

const GREYS = ["0xffffff", "0x000000"];
const SIZE = { width: 64, height: 48 };
const RENDITION: PlanRendition = { name: "x", preset: "ultrafast", crf: 23, ...SIZE, pictureHeight: SIZE.height };
const PALETTE = "split[a][b];[a]palettegen[p];[b][p]paletteuse,format=pal8";

/** Codecs in containers, the format of their pictures, and the colours that these can have. */
const CASES: [file: string, codec: string, format: string, colours: string[]][] = [
  ["palette.gif", "gif", "pal8", Object.keys(COLOURS)],
  ["palette.avi", "zmbv", "pal8", Object.keys(COLOURS)],
  ["palette.nut", "rawvideo", "rgb8", Object.keys(COLOURS)],
  ["four bits.nut", "rawvideo", "bgr4_byte", Object.keys(COLOURS)],
  ["five bits.mov", "qtrle", "rgb555be", Object.keys(COLOURS)],
  ["six bits.nut", "rawvideo", "rgb565le", Object.keys(COLOURS)],
  ["bits.nut", "rawvideo", "monow", GREYS],
  ["grey.avi", "ffvhuff", "gray", GREYS],
  ["grey.mp4", "libx264", "gray", GREYS],
  ["deep.nut", "rawvideo", "gray10le", GREYS],
  ["rgb.mov", "qtrle", "rgb24", Object.keys(COLOURS)],
];

describe("pictures in palettes, RGB and grey", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  async function streamOf(file: string): Promise<ProbeStream> {
    const { stdout } = await run("ffprobe", ["-v", "error", "-show_streams", "-of", "json", file]);
    return (JSON.parse(stdout) as { streams: [ProbeStream] }).streams[0];
  }

  /** Luma and chroma in the middle of each of some columns of the first picture behind filters. */
  async function middles(file: string, filters: readonly string[], columns: number): Promise<number[][]> {
    const args = ["-v", "error", "-i", file, "-vf", filters.join(","), "-frames:v", "1", "-f", "rawvideo", "-"];
    const { stdout } = await run("ffmpeg", args, { encoding: "buffer" });
    const { width, height } = SIZE;
    const chroma = (plane: number): number =>
      width * height + (plane * width * height) / 4 + (width / 2) * (height / 4);
    return Array.from({ length: columns }, (_, column) => {
      const x = Math.floor(((column + 0.5) * width) / columns);
      return [(height / 2) * width + x, chroma(0) + x / 2, chroma(1) + x / 2].map((at) => stdout[at] ?? NaN);
    });
  }

  for (const [name, codec, format, colours] of CASES) {
    needing(`ffmpeg encoder ${codec}`).it(`have the right colours: ${format} in ${codec}`, async () => {
      const file = join(path, name);
      // The limited range is what H.264 has unless it states another.
      const range = codec === "libx264" ? "limited" : "full";
      const convert = format === "pal8" ? PALETTE : `scale=out_range=${range},format=${format}`;
      // In columns beside one another.
      const size = `${96 / colours.length}x64`;
      const columns = colours.map((colour, index) => `color=${colour}:s=${size}:r=25:d=0.2,format=rgb24[${index}]`);
      const joined = `${colours.map((_, index) => `[${index}]`).join("")}hstack=${colours.length}`;
      const input = [...columns, joined].join(";");
      await ffmpeg("-f", "lavfi", "-i", input, "-vf", convert, "-c:v", codec, "-pix_fmt", format, file);
      const source = sourceColour(await streamOf(file), []);
      const ways = [colourFilters(source, RENDITION), jpegFilters(source, SIZE)];
      for (const [way, filters] of ways.entries()) {
        const found = await middles(file, filters, colours.length);
        for (const [column, colour] of colours.entries()) {
          const [expected, got] = [COLOURS[colour]![way]!, found[column]!];
          expected.forEach((value, index) =>
            assert.ok(
              Math.abs(got[index]! - value) <= 3,
              `${colour}: ${got.join(" ")}, expected ${expected.join(" ")}`,
            ),
          );
        }
      }
    });
  }
});
