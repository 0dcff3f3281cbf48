import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import type { LadderRendition } from "../../../contract/plan";
import { clipDirectory } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { makeAll } from "./inProcess";
import { changeSize } from "./ingredients";
import { LADDER } from "../workerProcess";

const QUALITY = { height: 64, preset: "ultrafast", crf: 12, maxBitrateKbps: 4000 };
const RENDITIONS: LadderRendition[] = [
  { ...QUALITY, name: "h264" },
  { ...QUALITY, name: "av1", codec: "av1" },
];
const [WIDTH, HEIGHT] = [96, 64];
/** The first picture of the other shape. */
const CHANGE = 30;

/** Luma of the middle line of each picture. */
async function middleLines(path: string): Promise<number[][]> {
  const line = [
    "-vf",
    `format=gray,crop=${WIDTH}:1:0:${HEIGHT / 2}`,
    "-fps_mode",
    "passthrough",
    "-f",
    "rawvideo",
    "-",
  ];
  const { stdout } = await promisify(execFile)("ffmpeg", ["-v", "error", "-i", path, ...line], { encoding: "buffer" });
  return Array.from({ length: stdout.length / WIDTH }, (_, index) => [
    ...stdout.subarray(index * WIDTH, (index + 1) * WIDTH),
  ]);
}

describe("a shape that changes within the video", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    await changeSize("96x64", "64x64")(join(path, "shapes.ts"));
    // The change is within a chunk, which is one run of ffmpeg.
    const ladder = { ...LADDER, parts: [{}], chunkSeconds: 60, renditions: RENDITIONS };
    await makeAll(join(path, "shapes.ts"), join(path, "out"), ladder);
  });
  after(() => remove());

  const assertBars = async (output: string): Promise<void> => {
    const lines = await middleLines(join(path, output, "mp4/h264.mp4"));
    assert.equal(lines.length, 2 * CHANGE);
    // Bars have 16 pixels, and the encoder blurs their edges a little.
    const dark = (line: readonly number[] = []): boolean => line.every((level) => level < 8);
    for (const [index, line] of lines.entries()) {
      const bars = [line.slice(0, 12), line.slice(-12)];
      if (index >= CHANGE) assert.ok(bars.every(dark), `bars of picture ${index}: ${bars.join(" ")}`);
      else assert.ok(!bars.every(dark), `no bars in picture ${index}`);
      assert.ok(Math.max(...line.slice(18, -18)) > 40, `the middle of picture ${index}`);
    }
  };

  it("is kept between black bars", () => assertBars("out"));

  it("is kept if only the pixels change their shape, as from 4:3 to 16:9 in broadcasts", async () => {
    await changeSize("96x64", "96x64", ",setsar=2/3")(join(path, "pixels.ts"));
    const ladder = { ...LADDER, parts: [{}], chunkSeconds: 60, renditions: [RENDITIONS[0]!] };
    await makeAll(join(path, "pixels.ts"), join(path, "pixels"), ladder);
    await assertBars("pixels");
  });

  it("does not count as changed if pictures of another size have pixels that make up for it", async () => {
    await changeSize("96x64", "48x64", ",setsar=2")(join(path, "narrow.ts"));
    const ladder = { ...LADDER, parts: [{}], chunkSeconds: 60, renditions: [RENDITIONS[0]!] };
    await makeAll(join(path, "narrow.ts"), join(path, "narrow"), ladder);
    for (const [index, line] of (await middleLines(join(path, "narrow", "mp4/h264.mp4"))).entries()) {
      const edges = [line.slice(0, 8), line.slice(-8)].map((levels) => Math.max(...levels));
      assert.ok(Math.min(...edges) > 12, `no bars in picture ${index}: ${edges.join(" ")}`);
    }
  });

  needing("ffmpeg decoder av1").it(
    "changes at the same picture in AV1, whose GOPs have a fixed number of pictures",
    async () => {
      const graph = "[0:v]setpts=N[one];[1:v]setpts=N[other];[one][other]ssim=stats_file=-";
      const inputs = RENDITIONS.flatMap(({ name }) => ["-i", join(path, `out/mp4/${name}.mp4`)]);
      const args = ["-v", "error", ...inputs, "-lavfi", graph, "-fps_mode", "passthrough", "-f", "null", "-"];
      const { stdout } = await promisify(execFile)("ffmpeg", args);
      const alike = [...stdout.matchAll(/All:(\S+)/g)].map(([, all]) => Number(all));
      assert.equal(alike.length, 2 * CHANGE);
      alike.forEach((value, index) => assert.ok(value > 0.95, `SSIM ${value} of picture ${index}`));
    },
  );
});
