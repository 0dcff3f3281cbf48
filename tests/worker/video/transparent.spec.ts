import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { clipDirectory, ffmpeg } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { featuresOf } from "../exactness/featuresOf";
import { makeAll } from "../exactness/inProcess";
import { useLadder } from "../useLadder";
import { LADDER } from "../workerProcess";

const SIZE = { width: 96, height: 48 };

/** Columns of one colour that are opaque, half transparent and invisible, in this order. */
const COLUMNS = "r=220:g=120:b=40:a='if(lt(X,32),255,if(lt(X,64),128,0))'";

/** What is to be seen of them, in red, green and blue. */
const SHOWN = [
  [220, 120, 40],
  [110, 60, 20],
  [0, 0, 0],
];

/** A palette has no half transparent colours. */
const SHOWN_OF_PALETTE = [SHOWN[0], SHOWN[0], SHOWN[2]];

const PALETTE = "split[a][b];[a]palettegen=reserve_transparent=1[p];[b][p]paletteuse=dither=none";

const CASES: [file: string, codec: string, format: string, shown?: typeof SHOWN_OF_PALETTE][] = [
  ["png.mov", "png", "rgba"],
  ["deep.mov", "png", "rgba64be"],
  ["animation.mov", "qtrle", "argb"],
  ["prores.mov", "prores_ks", "yuva444p10le"],
  ["planes.mkv", "ffv1", "yuva420p"],
  ["utvideo.avi", "utvideo", "gbrap"],
  ["palette.mkv", "gif", "bgra", SHOWN_OF_PALETTE],
];

describe("transparent pictures", function () {
  this.timeout(60_000);
  let path: string;
  let remove: () => Promise<void>;
  useLadder(LADDER);
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  /** The colours in the middle of the three columns of the first picture. */
  async function colours(file: string): Promise<number[][]> {
    const filters = `scale=${SIZE.width}:${SIZE.height}:flags=accurate_rnd+full_chroma_int,format=rgb24`;
    const args = ["-v", "error", "-i", file, "-map", "0:v", "-vf", filters, "-frames:v", "1", "-f", "rawvideo", "-"];
    const { stdout } = await promisify(execFile)("ffmpeg", args, { encoding: "buffer" });
    return [16, 48, 80].map((x) => [0, 1, 2].map((plane) => stdout[3 * (24 * SIZE.width + x) + plane] ?? NaN));
  }

  for (const [name, codec, format, shown = SHOWN] of CASES) {
    const decoders = codec === "png" ? (["ffmpeg decoder png", "ffprobe decoder png"] as const) : [];
    needing(`ffmpeg encoder ${codec}`, ...decoders).it(`are composited on black: ${format} in ${codec}`, async () => {
      const file = join(path, name);
      const picture = `color=s=${SIZE.width}x${SIZE.height}:r=25:d=0.4,format=rgba,geq=${COLUMNS}`;
      const converted = codec === "gif" ? PALETTE : `scale=out_color_matrix=bt601,format=${format}`;
      await ffmpeg("-f", "lavfi", "-i", `${picture},${converted}`, "-c:v", codec, file);
      await makeAll(file, `${file} out`, LADDER);
      const { directory } = await featuresOf(file);
      const made = [`${file} out/mp4/90p.mp4`, join(directory, "poster.jpg"), join(directory, "sprite.jpg")];
      for (const picture of made) {
        const found = await colours(picture);
        const isRight = found.flat().every((value, index) => Math.abs(value - (shown.flat()[index] ?? NaN)) <= 6);
        assert.ok(isRight, `${picture}: ${JSON.stringify(found)}`);
      }
    });
  }
});
