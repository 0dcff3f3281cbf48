import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { clipDirectory, ffprobe } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { changeSize, encode, hdr, INTERLACED, rotate, X264 } from "../exactness/ingredients";
import { useLadder } from "../useLadder";
import { LADDER } from "../workerProcess";
import { featuresOf } from "../exactness/featuresOf";

/** A white bar that moves by its own width from one field to the next. */
const BAR = "color=black:s=192x96:r=50:d=2[b];color=white:s=16x96:r=50:d=2[w];[b][w]overlay=x='mod(16*n,192)'";

describe("poster and thumbnails", () => {
  let path: string;
  let remove: () => Promise<void>;
  useLadder(LADDER);
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  async function made(file: string, make: (path: string) => Promise<unknown>): Promise<string> {
    await make(join(path, file));
    return (await featuresOf(join(path, file))).directory;
  }

  async function greys(file: string, width: number): Promise<number[][]> {
    const args = ["-v", "error", "-i", file, "-vf", "format=gray", "-f", "rawvideo", "-"];
    const { stdout } = await promisify(execFile)("ffmpeg", args, { encoding: "buffer" });
    return Array.from({ length: stdout.length / width }, (_, y) => [...stdout.subarray(y * width, (y + 1) * width)]);
  }

  /** How much more a line differs from its two neighbours than they do from each other, as when lines show two moments. */
  function combing(lines: readonly (readonly number[])[]): number {
    const at = (y: number, x: number): number => lines[y]?.[x] ?? 0;
    let most = 0;
    for (let y = 1; y + 1 < lines.length; y++) {
      for (let x = 0; x < (lines[y]?.length ?? 0); x++) {
        const [above, line, below] = [at(y - 1, x), at(y, x), at(y + 1, x)];
        most = Math.max(most, Math.min(Math.abs(line - above), Math.abs(line - below)) - Math.abs(above - below));
      }
    }
    return most;
  }

  const INTERLACED_CLIP = encode(
    ["-f", "lavfi", "-i", `${BAR},interlace=scan=tff:lowpass=off`],
    [...X264, ...INTERLACED, "-x264opts", "tff=1", "-g", "10"],
  );

  const SINGLE_FIELDS = encode(
    ["-f", "lavfi", "-i", `${BAR},interlace=scan=tff:lowpass=off,separatefields`],
    ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:interlace=tff:keyint=20"],
    ["-pix_fmt", "yuv420p"],
  );

  for (const [clip, what, make] of [
    ["fields.mp4", "interlaced video", INTERLACED_CLIP],
    ["single.mp4", "video in single fields", SINGLE_FIELDS],
  ] as const) {
    it(`show a single moment of ${what}, in the right shape`, async () => {
      const features = await made(clip, make);
      for (const [file, width] of [
        ["poster.jpg", 192],
        ["sprite.jpg", 320],
      ] as const) {
        const lines = await greys(join(features, file), width);
        for (const at of [2, lines.length - 3]) {
          assert.ok(Math.max(...lines[at]!) > 200, `the bar is on line ${at} of ${lines.length} of the ${file}`);
        }
        assert.ok(combing(lines) < 40, `${file} is combed: ${combing(lines)}`);
      }
    });
  }

  it("are made of combed pictures", async () => {
    assert.ok(combing(await greys(join(path, "fields.mp4"), 192)) > 100);
  });

  it("show a single moment of rotated interlaced video, upright", async () => {
    const features = await made("turned.mp4", rotate(INTERLACED_CLIP));
    assert.deepEqual(await ffprobe(join(features, "poster.jpg"), "stream=width,height"), [["96", "192"]]);
    const lines = await greys(join(features, "poster.jpg"), 96);
    const columns = lines[0]!.map((_, x) => lines.map((line) => line[x] ?? 0));
    assert.ok(Math.max(...lines.flat()) > 200 && combing(columns) < 40, String(combing(columns)));
  });

  it("cover the video to its end, also after the last keyframe", async () => {
    const grey = (hex: string, seconds: number): string => `color=0x${hex}${hex}${hex}:s=96x64:r=25:d=${seconds}`;
    // Keyframes at 0 and 2 s are dense enough for the thumbnails at 0, 1, 2 and 3 s.
    const graph = `${grey("40", 2)}[a];${grey("58", 1.9)}[b];[a][b]concat`;
    const features = await made("end.mp4", encode(["-f", "lavfi", "-i", graph], [...X264, "-g", "50"]));
    const line = (await greys(join(features, "sprite.jpg"), 640))[53] ?? [];
    const found = [0, 1, 2, 3].map((cell) => line[cell * 160 + 80] ?? 0);
    [0x40, 0x40, 0x58, 0x58].forEach((level, cell) =>
      assert.ok(Math.abs((found[cell] ?? NaN) - level) <= 3, `thumbnails ${found.join(" ")}`),
    );
  });

  needing("ffmpeg encoder libtheora").it(
    "are there for Theora, whose decoder takes skipped pictures for errors, and which has none at the end",
    async () => {
      const grey = (hex: string, seconds: number): string => `color=0x${hex}${hex}${hex}:s=96x64:r=25:d=${seconds}`;
      // Something small moves once, so that one picture isn't a keyframe.
      const dot = "drawbox=x=4:y=4:w=4:h=4:t=fill:enable='between(t,0.58,0.7)'";
      const input = ["-f", "lavfi", "-i", `${grey("20", 1.2)},${dot}[a];${grey("e0", 0.88)}[b];[a][b]concat`];
      const features = await made(
        "theora.ogv",
        encode(input, ["-c:v", "libtheora", "-q:v", "10", "-g", "12", "-page_duration", "1"]),
      );
      const line = (await greys(join(features, "sprite.jpg"), 480))[53] ?? [];
      [0x20, 0x20, 0xe0].forEach((level, cell) =>
        assert.ok(Math.abs(line[cell * 160 + 80]! - level) <= 4, [80, 240, 400].map((at) => line[at]).join(" ")),
      );
      const { changes } = JSON.parse(await readFile(join(features, "scenes.json"), "utf8")) as { changes: object[] };
      assert.equal(changes.length, 1);
    },
  );

  it("have black bars from where the pixel aspect ratio changes", async () => {
    const features = await made("pixels.ts", changeSize("96x64", "96x64", ",setsar=2/3"));
    // At 0, 1 and 2 s; the shape changes at 1.2 s.
    const line = (await greys(join(features, "sprite.jpg"), 480))[53] ?? [];
    const edges = [0, 1, 2].map((cell) => Math.max(...line.slice(cell * 160 + 4, cell * 160 + 20)));
    assert.ok(edges[0]! > 16 && edges[1]! > 16 && edges[2]! < 8, edges.join(" "));
  });

  it("have the right colours for BT.601", async () => {
    const half = (values: string): string => `color=black:s=64x64:r=25:d=0.4,format=yuvj420p,lutyuv=${values}`;
    const marks = "setparams=range=pc:color_primaries=bt709:color_trc=bt709:colorspace=smpte170m";
    const graph = `${half("y=76:u=85:v=255")}[a];${half("y=29:u=255:v=107")}[b];[a][b]hstack,${marks}`;
    const encoder = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "2", "-pix_fmt", "yuvj420p"];
    const features = await made("601.mp4", encode(["-f", "lavfi", "-i", graph], encoder));
    for (const [file, width] of [
      ["poster.jpg", 128],
      ["sprite.jpg", 160],
    ] as const) {
      const args = ["-v", "error", "-i", join(features, file), "-pix_fmt", "rgb24", "-f", "rawvideo", "-"];
      const { stdout } = await promisify(execFile)("ffmpeg", args, { encoding: "buffer" });
      const at = (x: number): number[] => [...stdout.subarray((20 * width + x) * 3).subarray(0, 3)];
      const found = [...at(width / 4), ...at((3 * width) / 4)];
      [255, 0, 0, 0, 0, 255].forEach((level, index) =>
        assert.ok(Math.abs((found[index] ?? NaN) - level) <= 6, `${file}: ${found.join(" ")}`),
      );
    }
  });

  needing("ffmpeg filter zscale").it(
    "are tone-mapped from HDR to 8-bit SDR, with white pages nearly white",
    async () => {
      // Lit by 203 cd/m² on the left and by 10 cd/m² on the right.
      const halves = "color=black:s=64x64:r=25:d=0.4,format=yuv420p10le,lutyuv=";
      const graph = `${halves}y=573:u=512:v=512[a];${halves}y=326:u=512:v=512[b];[a][b]hstack`;
      const features = await made("hdr.mp4", encode(["-f", "lavfi", "-i", graph], hdr("smpte2084")));
      for (const file of ["poster.jpg", "sprite.jpg"]) {
        const [format] = await ffprobe(join(features, file), "stream=codec_name,pix_fmt,color_range,color_space");
        assert.deepEqual(format, ["mjpeg", "yuvj420p", "pc", "bt470bg"], file);
        const [[width = ""] = []] = await ffprobe(join(features, file), "stream=width");
        const line = (await greys(join(features, file), Number(width)))[20] ?? [];
        // In full range: they correspond to 202 and 78 in limited range, as in the renditions.
        for (const [share, expected] of [
          [0.25, 217],
          [0.75, 72],
        ] as const) {
          const found = line[Math.floor(share * Number(width))] ?? 0;
          assert.ok(Math.abs(found - expected) <= 4, `${file} at ${share}: ${found}, expected ${expected}`);
        }
      }
    },
  );
});
