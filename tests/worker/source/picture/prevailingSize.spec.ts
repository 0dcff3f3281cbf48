import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { ProbeStream } from "../../../../worker/source/ffprobe/output";
import { withPrevailingSize, type SizeChange } from "../../../../worker/source/picture/prevailingSize";
import { clipDirectory, ffmpeg, ffprobe } from "../../../support/clips";
import { needing } from "../../../support/ffmpegNeeds";
import { makeAll, planOf } from "../../exactness/inProcess";
import { encode, gop, picture, X264 } from "../../exactness/ingredients";
import { LADDER } from "../../workerProcess";

const video: ProbeStream = { index: 0, time_base: "1/1000", codec_name: "vp8", width: 160, height: 120 };
const small = (from: number): SizeChange => ({ from, width: 160, height: 120 });
const large = (from: number): SizeChange => ({ from, width: 320, height: 240 });

describe("withPrevailingSize", () => {
  const cases: [what: string, sizes: SizeChange[], end: number, width: number][] = [
    ["the later, longer one", [small(0), large(1000)], 3000, 320],
    ["the earlier, longer one", [small(0), large(2000)], 3000, 160],
    ["the one that is longer in several pieces", [small(0), large(1000), small(2500), large(3000)], 3400, 320],
    ["the larger of two that last equally long", [small(0), large(1000)], 2000, 320],
    ["the stated one where no other is known", [], 1000, 160],
  ];
  for (const [what, sizes, end, width] of cases) {
    it(`takes ${what}`, () => assert.equal(withPrevailingSize(video, sizes, end).width, width));
  }
});

describe("a size that grows, as in a call", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  /** Joins the pictures of two files in one stream, by the simple container IVF. */
  async function joined(
    codec: string,
    first: [string, number],
    second: [string, number],
    target: string,
  ): Promise<void> {
    const pictures: Buffer[] = [];
    let header = Buffer.alloc(0);
    for (const [size, seconds] of [first, second]) {
      const encoder = ["-c:v", codec, "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M", "-auto-alt-ref", "0"];
      await encode(picture({ size, seconds }), encoder, gop(25))(join(path, "part.ivf"));
      const bytes = await readFile(join(path, "part.ivf"));
      if (header.length === 0) header = bytes.subarray(0, 32);
      for (let at = 32; at < bytes.length; at += 12 + bytes.readUInt32LE(at)) {
        const frame = Buffer.from(bytes.subarray(at, at + 12 + bytes.readUInt32LE(at)));
        frame.writeBigUInt64LE(BigInt(pictures.length), 4);
        pictures.push(frame);
      }
    }
    await writeFile(join(path, "joined.ivf"), Buffer.concat([header, ...pictures]));
    await ffmpeg("-i", join(path, "joined.ivf"), "-c", "copy", target);
  }

  it("is that of most of the video in H.264, however it is stored", async () => {
    const parts = ["96x64", "192x128", "192x128"].map(async (size, second) => {
      const part = join(path, `${second}.ts`);
      await encode(picture({ size, seconds: 1 }), X264, gop(25), "-output_ts_offset", String(second))(part);
      return readFile(part);
    });
    await writeFile(join(path, "grown.ts"), Buffer.concat(await Promise.all(parts)));
    const planned = async (file: string, ...options: string[]): Promise<number> => {
      await ffmpeg("-i", join(path, "grown.ts"), "-c", "copy", ...options, join(path, file));
      return (await planOf(join(path, file), join(path, `${file} out`), LADDER)).source.width;
    };
    assert.equal(await planned("live.mkv", "-live", "1"), 192);
    for (const file of ["stated.mkv", "grown.mp4", "grown.flv"]) assert.equal(await planned(file), 192, file);
  });

  for (const codec of ["libvpx", "libvpx-vp9"] as const) {
    needing(`ffmpeg encoder ${codec}`).it(`is that of most of the video: ${codec}`, async () => {
      for (const [first, second, size] of [
        [["96x64", 0.8], ["192x128", 1.6], "192,128"],
        [["192x128", 1.6], ["96x64", 0.8], "192,128"],
      ] as [[string, number], [string, number], string][]) {
        const file = join(path, `${codec}-${first[0]}.webm`);
        await joined(codec, first, second, file);
        const renditions = [{ ...LADDER.renditions[0]!, height: 480 }];
        const plan = await makeAll(file, `${file} out`, { ...LADDER, renditions });
        assert.equal(plan.source.frames, 60);
        const made = join(`${file} out`, "mp4", `${renditions[0]!.name}.mp4`);
        assert.deepEqual(await ffprobe(made, "stream=width,height"), [size.split(",")]);
      }
    });
  }
});
