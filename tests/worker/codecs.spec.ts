import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import type { Ladder, LadderRendition, Plan } from "../../contract/plan";
import type { Manifest } from "../../contract/manifest";
import { clipDirectory, makeClip } from "../support/clips";
import { needing } from "../support/ffmpegNeeds";
import { makeAll } from "./exactness/inProcess";
import { keyframesOf, shownAt, similarity } from "./streams";
import { LADDER } from "./workerProcess";

const RENDITIONS: LadderRendition[] = [
  { name: "h264", height: 72, preset: "ultrafast", crf: 20, maxBitrateKbps: 400 },
  { name: "hevc", height: 72, codec: "hevc", preset: "ultrafast", crf: 20, maxBitrateKbps: 400 },
  { name: "av1", height: 72, codec: "av1", preset: "ultrafast", crf: 25, maxBitrateKbps: 400 },
  { name: "vp9", height: 72, codec: "vp9", preset: "ultrafast", crf: 25, maxBitrateKbps: 400 },
];

describe("HEVC, AV1 and VP9 beside H.264", () => {
  let path: string;
  let remove: () => Promise<void>;
  let source: string;
  let plan: Plan;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    // A pause of 1.5 s, so that GOPs have different numbers of pictures.
    const filter = "select='not(between(n,50,95))'";
    const video = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "60", "-pix_fmt", "yuv420p"];
    source = await makeClip(join(path, "clip.mp4"), {
      width: 128,
      height: 72,
      rate: "30000/1001",
      seconds: 4,
      filter,
      video,
    });
    const ladder: Ladder = { ...LADDER, renditions: RENDITIONS };
    plan = await makeAll(source, join(path, "out"), ladder);
  });
  after(() => remove());

  for (const { name, codec } of RENDITIONS) {
    const needs = codec === "av1" ? (["ffmpeg decoder av1"] as const) : [];
    needing(...needs).it(`have every frame of the source at its time, over joins: ${name}`, async () => {
      assert.equal(plan.frames.length, 2, "chunks");
      const expected = await shownAt(source);
      assert.equal(plan.source.frames, expected.length);
      for (const file of [`out/mp4/${name}.mp4`, `out/hls/${name}/playlist.m3u8`]) {
        const times = await shownAt(join(path, file));
        assert.equal(times.length, expected.length, file);
        times.forEach((time, index) => {
          assert.ok(Math.abs(time - (expected[index] as number)) < 2e-6, `picture ${index} of ${file} at ${time}`);
        });
      }
      const alike = await similarity(source, join(path, `out/mp4/${name}.mp4`));
      assert.ok(alike > 0.9, `${name} is in its places: SSIM ${alike}`);
    });
  }

  it("have keyframes at the same pictures", async () => {
    const keyframes = (name: string): Promise<number[]> => keyframesOf(join(path, `out/mp4/${name}.mp4`));
    const expected = await keyframes("h264");
    assert.equal(expected.length, 4);
    for (const name of ["hevc", "av1", "vp9"]) assert.deepEqual(await keyframes(name), expected, name);
  });

  it("have segments and keyframes of the same lengths in their playlists", async () => {
    const lengths = async (name: string, playlist: string): Promise<string[]> =>
      (await readFile(join(path, `out/hls/${name}/${playlist}`), "utf8")).match(/#EXTINF:.*/g) ?? [];
    for (const playlist of ["playlist.m3u8", "iframes.m3u8"]) {
      const expected = await lengths("h264", playlist);
      assert.equal(expected.length, playlist === "iframes.m3u8" ? 4 : 3);
      for (const name of ["hevc", "av1", "vp9"]) assert.deepEqual(await lengths(name, playlist), expected, name);
    }
  });

  it("are listed with the bandwidth that their segments have, whatever the ceiling", async () => {
    const master = await readFile(join(path, "out/hls/master.m3u8"), "utf8");
    const variants = master.matchAll(/#EXT-X-STREAM-INF:BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+).*\n(.*)\/playlist/g);
    const named = [...variants].map(([, peak, average, name = ""]) => ({ name, peak, average }));
    assert.deepEqual(named.map(({ name }) => name).sort(), ["av1", "h264", "hevc", "vp9"]);
    for (const { name, peak, average } of named) {
      const playlist = await readFile(join(path, `out/hls/${name}/playlist.m3u8`), "utf8");
      const segments = await Promise.all(
        [...playlist.matchAll(/#EXTINF:([\d.]+),\n(.*)/g)].map(async ([, seconds, file = ""]) => {
          const { size } = await stat(join(path, `out/hls/${name}`, file));
          return { bits: size * 8, seconds: Number(seconds) };
        }),
      );
      const [bits, seconds] = (["bits", "seconds"] as const).map((key) =>
        segments.reduce((sum, segment) => sum + segment[key], 0),
      ) as [number, number];
      assert.ok(Math.abs(Number(average) - bits / seconds) < 2, name);
      // No segment that is long enough to count by itself has more.
      const rates = segments.filter((segment) => segment.seconds >= 1).map((segment) => segment.bits / segment.seconds);
      assert.ok(rates.length > 0 && Number(peak) >= Math.max(...rates) - 2, `${name}: ${peak}, ${String(rates)}`);
      assert.ok(Number(peak) <= Math.max(...segments.map((segment) => segment.bits / segment.seconds)) + 2, name);
    }
  });

  it("are the same to the last byte when their jobs are run again", async () => {
    await makeAll(source, join(path, "again"), { ...LADDER, renditions: RENDITIONS });
    for (const { name } of RENDITIONS) {
      const file = `mp4/${name}.mp4`;
      const [first, second] = await Promise.all(["out", "again"].map((output) => readFile(join(path, output, file))));
      assert.ok(first && second?.equals(first), file);
    }
  });

  it("are called what they are", async () => {
    const { renditions } = JSON.parse(await readFile(join(path, "out/manifest.json"), "utf8")) as Manifest;
    assert.deepEqual(Object.fromEntries(renditions.map(({ name, codec }) => [name, codec])), {
      h264: "avc1.42c00d",
      hevc: "hvc1.1.6.L60.90",
      av1: "av01.0.00M.08",
      vp9: "vp09.00.10.08",
    });
  });
});

describe("pictures that are seconds apart", () => {
  let path: string;
  let remove: () => Promise<void>;
  let source: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    source = await makeClip(join(path, "slow.mp4"), { width: 128, height: 72, rate: "1/4", seconds: 20 });
    await makeAll(source, join(path, "out"), { ...LADDER, renditions: RENDITIONS });
  });
  after(() => remove());

  for (const { name, codec } of RENDITIONS) {
    const needs = codec === "av1" ? (["ffmpeg decoder av1"] as const) : [];
    needing(...needs).it(`are all there at their times: ${name}`, async () => {
      const made = join(path, `out/mp4/${name}.mp4`);
      assert.deepEqual(await shownAt(made), [0, 4, 8, 12, 16]);
      assert.ok((await similarity(source, made)) > 0.9);
    });
  }
});
