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

  /** Luma and chroma in the middle of the first picture behind filters. */
  async function middle(file: string, filters: readonly string[]): Promise<number[]> {
    const args = ["-v", "error", "-i", file, "-vf", filters.join(","), "-frames:v", "1", "-f", "rawvideo", "-"];
    const { stdout } = await run("ffmpeg", args, { encoding: "buffer" });
    const { width, height } = SIZE;
    const chroma = (plane: number): number =>
      width * height + (plane * width * height) / 4 + (width / 2) * (height / 4) + width / 4;
    return [(height / 2) * width + width / 2, chroma(0), chroma(1)].map((at) => stdout[at] ?? NaN);
  }

  for (const [name, codec, format, colours] of CASES) {
    needing(`ffmpeg encoder ${codec}`).it(`have the right colours: ${format} in ${codec}`, async () => {
      for (const colour of colours) {
        const file = join(path, name);
        // The limited range is what H.264 has unless it states another.
        const range = codec === "libx264" ? "limited" : "full";
        const convert = format === "pal8" ? PALETTE : `scale=out_range=${range},format=${format}`;
        const input = `color=${colour}:s=96x64:r=25:d=0.2,format=rgb24`;
        await ffmpeg("-f", "lavfi", "-i", input, "-vf", convert, "-c:v", codec, "-pix_fmt", format, file);
        const source = sourceColour(await streamOf(file), []);
        const [bt709, jpeg] = COLOURS[colour]!;
        for (const [filters, expected] of [
          [colourFilters(source, RENDITION), bt709],
          [jpegFilters(source, SIZE), jpeg],
        ] as const) {
          const found = await middle(file, filters);
          expected.forEach((value, index) =>
            assert.ok(
              Math.abs(found[index]! - value) <= 3,
              `${colour}: ${found.join(" ")}, expected ${expected.join(" ")}`,
            ),
          );
        }
      }
    });
  }
});
