import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Plan, PlanRendition } from "../../../../contract/plan";
import { videoEncoderOf } from "../../../../worker/video/codecs/videoCodecs";
import { clipDirectory, ffmpeg } from "../../../support/clips";

const PLAN = {
  source: { frameRate: [30, 1] },
  timeline: { timescale: 30_000, origin: 0, offset: 300_000 },
  gopSeconds: 2,
} as unknown as Plan;
const SIZE = { width: 640, pictureHeight: 360, height: 360 };

/** More than fits below the ceiling, so that the encoder divides the bits between pictures and between rows. */
const NOISE = ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=30:d=1.5,noise=alls=40:allf=t:all_seed=1,format=yuv420p"];

describe("encoding again below a bitrate ceiling", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  const codecs: Partial<PlanRendition>[] = [
    { preset: "fast" },
    { codec: "hevc", preset: "ultrafast" },
    { codec: "av1", preset: "ultrafast" },
    { codec: "vp9", preset: "ultrafast" },
  ];
  for (const codec of codecs) {
    const same = codec.codec ? "the same bytes" : "pictures at the same times";
    it(`gives ${same}: ${codec.codec ?? "h264"}`, async () => {
      const rendition = { name: "r", ...SIZE, crf: 25, maxBitrateKbps: 700, ...codec } as PlanRendition;
      const digest = async (_: unknown, run: number): Promise<string> => {
        const file = join(path, `${codec.codec ?? "h264"}-${run}.txt`);
        await ffmpeg(...NOISE, ...videoEncoderOf(rendition).arguments(PLAN, rendition), "-f", "framemd5", file);
        const text = await readFile(file, "utf8");
        // Without size and digest.
        return codec.codec ? text : text.replaceAll(/^(\d+(?:,[^,]+){3}),.*$/gm, "$1");
      };
      // At the same time, so that threads run in different orders.
      const digests = await Promise.all(Array.from({ length: 3 }, digest));
      assert.equal(new Set(digests).size, 1);
    });
  }
});
