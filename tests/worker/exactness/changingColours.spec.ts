import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { clipDirectory, ffmpeg } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { featuresOf } from "./featuresOf";
import { useLadder } from "../useLadder";
import { LADDER } from "../workerProcess";
import { makeAll, planOf } from "./inProcess";

const [WIDTH, HEIGHT] = [96, 64];
const RED = "200,60,40";
const LADDER_OF_ONE = {
  ...LADDER,
  ...{ parts: [{}], chunkSeconds: 60 },
  renditions: [{ name: "h264", height: HEIGHT, preset: "ultrafast", crf: 8, maxBitrateKbps: 8000 }],
};

const X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-crf", "8", "-f", "h264"];
const CODINGS = [
  ["bt709", "tv", "yuv420p"],
  ["smpte170m", "tv", "yuv420p"],
  ["bt709", "pc", "yuv420p"],
  ["bt709", "tv", "yuv420p10le"],
] as const;

/** Encodes a second in one colour, which is coded in some way: the matrix, the range, and the format of pictures. */
async function piece(
  path: string,
  [matrix, range, format]: (typeof CODINGS)[number],
  codec: readonly string[],
): Promise<Buffer> {
  const picture = `color=c=0xC83C28:s=${WIDTH}x${HEIGHT}:r=25:d=1,format=gbrp`;
  const filters = `scale=out_color_matrix=${matrix}:out_range=${range}:flags=accurate_rnd,format=${format}`;
  const marks = ["-colorspace", matrix, "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", range];
  await ffmpeg("-f", "lavfi", "-i", picture, "-vf", filters, ...codec, ...marks, "-g", "25", path);
  return readFile(path);
}

/** The colour in the middle of each picture. */
async function coloursOf(path: string, size: [width: number, height: number], cell = size[0]): Promise<string[]> {
  const [width, height] = size;
  const filters = "scale=in_color_matrix=bt709:flags=accurate_rnd+full_chroma_int+full_chroma_inp,format=rgb24";
  const args = ["-v", "error", "-i", path, "-vf", path.endsWith(".jpg") ? "format=rgb24" : filters];
  const { stdout } = await promisify(execFile)("ffmpeg", [...args, "-fps_mode", "passthrough", "-f", "rawvideo", "-"], {
    encoding: "buffer",
    maxBuffer: 1 << 28,
  });
  const found: string[] = [];
  for (let row = 0; row < stdout.length / 3 / width / height; row++) {
    for (let x = cell / 2; x < width; x += cell) {
      const at = 3 * ((row * height + height / 2) * width + x);
      found.push([...stdout.subarray(at, at + 3)].join());
    }
  }
  return found;
}

function assertRed(colours: readonly string[], within: number): void {
  const red = RED.split(",").map(Number);
  for (const [index, colour] of colours.entries()) {
    const isNear = colour.split(",").every((value, channel) => Math.abs(Number(value) - red[channel]!) <= within);
    assert.ok(isNear, `picture ${index} has ${colour} for ${RED}`);
  }
}

describe("a coding of colours that changes within the video", function () {
  this.timeout(120_000);
  let path: string;
  let remove: () => Promise<void>;
  useLadder(LADDER);
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const pieces: Buffer[] = [];
    for (const coding of [...CODINGS, CODINGS[0]]) pieces.push(await piece(join(path, "piece.h264"), coding, X264));
    await writeFile(join(path, "all.h264"), Buffer.concat(pieces));
  });
  after(() => remove());

  const joined = async (file: string): Promise<string> => {
    await ffmpeg("-r", "25", "-i", join(path, "all.h264"), "-c", "copy", join(path, file));
    return join(path, file);
  };

  for (const file of ["all.ts", "all.mp4", "all.mkv", "all.flv"]) {
    it(`is followed, in ${file}`, async () => {
      const plan = await makeAll(await joined(file), join(path, `${file} out`), LADDER_OF_ONE);
      assert.deepEqual(plan.frames, [25, 25, 25, 25, 25]);
      const colours = await coloursOf(join(path, `${file} out`, "mp4/h264.mp4"), [WIDTH, HEIGHT]);
      assert.equal(colours.length, 125);
      assertRed(colours, 4);
    });
  }

  it("is followed in poster and thumbnails", async () => {
    const { directory } = await featuresOf(await joined("features.mkv"));
    assertRed(await coloursOf(join(directory, "poster.jpg"), [WIDTH, HEIGHT]), 6);
    const sheet = await coloursOf(join(directory, "sprite.jpg"), [5 * 160, 106], 160);
    assert.equal(sheet.length, 5);
    assertRed(sheet, 6);
  });

  async function grownAv1(file: string): Promise<string> {
    const svt = ["-c:v", "libsvtav1", "-preset", "12", "-crf", "10"];
    const pieces = [join(path, "small.ivf"), join(path, "large.ivf")];
    await ffmpeg("-f", "lavfi", "-i", "color=c=0xC83C28:s=64x64:r=25:d=0.4", "-pix_fmt", "yuv420p", ...svt, pieces[0]!);
    const large = await piece(pieces[1]!, CODINGS[3], svt);
    const small = await readFile(pieces[0]!);
    await writeFile(join(path, "joined.ivf"), Buffer.concat([small, renumbered(large, 10)]));
    await ffmpeg("-i", join(path, "joined.ivf"), "-c", "copy", join(path, file));
    return join(path, file);
  }

  for (const file of ["grown.mp4", "grown.webm"]) {
    needing("ffmpeg decoder av1", "ffprobe decoder av1", "ffmpeg encoder libsvtav1").it(
      `is followed in AV1, whose size grows too, in ${file}`,
      async () => {
        const plan = await makeAll(await grownAv1(file), join(path, `${file} out`), LADDER_OF_ONE);
        assert.deepEqual([plan.source.width, plan.source.height, plan.frames], [WIDTH, HEIGHT, [10, 25]]);
      },
    );
  }

  needing("ffmpeg decoder av1", "ffmpeg encoder libsvtav1").it(
    "is refused in AV1 of which ffprobe decodes nothing",
    async () => {
      const file = await grownAv1("unread.mp4");
      const installed = process.env["FFPROBE_PATH"];
      process.env["FFPROBE_PATH"] = join(path, "blind-ffprobe");
      // As of a build without a decoder for AV1.
      await writeFile(
        process.env["FFPROBE_PATH"],
        `#!/bin/sh\ncase "$*" in *nokey*) ;; *) exec ffprobe "$@" ;; esac\n`,
        { mode: 0o755 },
      );
      await assert
        .rejects(planOf(file, `${file} out`, LADDER_OF_ONE), {
          name: "InputError",
          message: /^"unread\.mp4" can't be read: \S+blind-ffprobe gets no picture from av1 stream 0, but \S+ does: /,
        })
        .finally(() =>
          installed === undefined ? delete process.env["FFPROBE_PATH"] : (process.env["FFPROBE_PATH"] = installed),
        );
    },
  );
});

/** The pictures of an IVF, with other numbers. */
function renumbered(ivf: Buffer, first: number): Buffer {
  const pictures = Buffer.from(ivf.subarray(32));
  for (let at = 0, number = first; at < pictures.length; at += 12 + pictures.readUInt32LE(at), number++) {
    pictures.writeBigUInt64LE(BigInt(number), at + 4);
  }
  return pictures;
}
