import assert from "node:assert/strict";
import { join } from "node:path";

import type { LadderRendition, Plan } from "../../../contract/plan";
import { colourFilters } from "../../../worker/video/filters/colourFilters";
import { clipDirectory, ffmpeg, ffprobe } from "../../support/clips";
import { needing } from "../../support/ffmpegNeeds";
import { makeAll } from "../exactness/inProcess";
import { encode, gop, hdr, picture } from "../exactness/ingredients";
import { keyframesOf, shownAt, similarity } from "../streams";
import { LADDER } from "../workerProcess";

const QUALITY = { height: 64, preset: "ultrafast", crf: 20, maxBitrateKbps: 2000 };
const RENDITIONS: LadderRendition[] = [
  { ...QUALITY, name: "h264" },
  { ...QUALITY, name: "hevc", codec: "hevc" },
  { ...QUALITY, name: "av1", codec: "av1" },
  { ...QUALITY, name: "vp9", codec: "vp9" },
];
/** Pixel format and transfer characteristics of HDR. */
const HDR_FORMAT = "yuv420p10le smpte2084";

const NEEDS = [
  "ffmpeg filter zscale",
  "ffmpeg encoder libx265 yuv420p10le",
  "ffmpeg encoder libvpx-vp9 yuv420p10le",
  "ffmpeg decoder av1",
] as const;

needing(...NEEDS).describe("HDR in chunks, kept in HEVC, AV1 and VP9 and tone-mapped in H.264", () => {
  let path: string;
  let remove: () => Promise<void>;
  let source: string;
  let plan: Plan;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    source = join(path, "pq.mp4");
    await encode(picture({ seconds: 2, rate: "24000/1001" }), hdr("smpte2084"), gop(24, 2))(source);
    plan = await makeAll(source, join(path, "chunks"), { ...LADDER, renditions: RENDITIONS });
    await makeAll(source, join(path, "piece"), { ...LADDER, renditions: RENDITIONS, parts: [{}], chunkSeconds: 60 });
  });
  after(() => remove());

  it("has every picture at its time, and keyframes at the same pictures", async () => {
    assert.equal(plan.frames.length, 2, "chunks");
    const expected = await shownAt(source);
    const keyframes = await keyframesOf(join(path, "chunks/mp4/h264.mp4"));
    assert.equal(keyframes.length, 2);
    for (const { name, codec } of RENDITIONS) {
      const made = join(path, `chunks/mp4/${name}.mp4`);
      const times = await shownAt(made);
      assert.equal(times.length, expected.length, name);
      times.forEach((time, index) => assert.ok(Math.abs(time - (expected[index] ?? NaN)) < 2e-6, `${name} ${index}`));
      assert.deepEqual(await keyframesOf(made), keyframes, name);
      const [format = []] = await ffprobe(made, "stream=pix_fmt,color_transfer", "-select_streams", "v");
      assert.equal(format.join(" "), codec ? HDR_FORMAT : "yuv420p bt709", name);
    }
  });

  it("is as similar to the source as an encode in one piece", async () => {
    for (const [index, { name }] of RENDITIONS.entries()) {
      const filters = colourFilters(plan.source.colour, plan.renditions[index]!).join(",");
      const whole = join(path, `${name}.nut`);
      await ffmpeg("-i", source, "-vf", filters, "-fps_mode", "passthrough", "-c:v", "rawvideo", whole);
      const [chunks = 0, piece = NaN] = await Promise.all(
        ["chunks", "piece"].map((made) => similarity(whole, join(path, `${made}/mp4/${name}.mp4`))),
      );
      assert.ok(piece > 0.9 && chunks >= 0.99 * piece, `SSIM of ${name}: ${chunks}, in one piece ${piece}`);
    }
  });
});
