import assert from "node:assert/strict";
import { join } from "node:path";

import type { Ladder, LadderRendition, Plan } from "../../contract/plan";
import { clipDirectory, ffprobe } from "../support/clips";
import { needing } from "../support/ffmpegNeeds";
import { encode, gop, picture, sound, X264 } from "./exactness/ingredients";
import { makeAll } from "./exactness/inProcess";
import { shownAt, similarity } from "./streams";
import { LADDER } from "./workerProcess";

const RENDITIONS: LadderRendition[] = [
  { name: "h264", height: 64, preset: "ultrafast", crf: 20, maxBitrateKbps: 800 },
  { name: "hevc", height: 64, codec: "hevc", preset: "ultrafast", crf: 20, maxBitrateKbps: 800 },
  { name: "av1", height: 64, codec: "av1", preset: "ultrafast", crf: 25, maxBitrateKbps: 800 },
  { name: "vp9", height: 64, codec: "vp9", preset: "ultrafast", crf: 25, maxBitrateKbps: 800 },
];

/** Sound from 0 to 5.2 s, pictures from 1.5 s on. */
const LATER = ["-itsoffset", "1.5", ...picture({ rate: "30000/1001" })];
const SOURCES: [name: string, chunks: number, keyframes: number][] = [
  ["several.mkv", 2, 20],
  ["one.mkv", 1, 1000],
];

describe("the first and the last picture are held in every codec:", () => {
  let path: string;
  let remove: () => Promise<void>;
  const ladder: Ladder = { ...LADDER, renditions: RENDITIONS };
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  for (const [file, chunks, keyframes] of SOURCES) {
    describe(file, () => {
      let plan: Plan;
      let expected: number[];
      before(async () => {
        const codecs = [...X264, ...gop(keyframes, 2), "-c:a", "pcm_s16le"];
        await encode(sound(5.2), LATER, ["-map", "1", "-map", "0"], codecs)(join(path, file));
        plan = await makeAll(join(path, file), join(path, `${file}.out`), ladder);
        const lead = ((plan.pictures?.[0] ?? 0) - (plan.boundaries[0] ?? 0)) / 1000;
        assert.ok(Math.abs(lead - 1.5) < 0.01, `the first is held for ${lead} s`);
        expected = (await shownAt(join(path, file))).map((time, index) => (index === 0 ? 0 : time + lead));
      });

      for (const { name, codec } of RENDITIONS) {
        const needs = codec === "av1" ? (["ffmpeg decoder av1"] as const) : [];
        needing(...needs).it(name, async () => {
          assert.equal(plan.frames.length, chunks);
          const mp4 = join(path, `${file}.out/mp4/${name}.mp4`);
          for (const made of [mp4, join(path, `${file}.out/hls/${name}/playlist.m3u8`)]) {
            const times = await shownAt(made);
            assert.equal(times.length, expected.length);
            times.forEach((time, index) => {
              assert.ok(Math.abs(time - (expected[index] as number)) < 2e-6, `picture ${index} of ${made} at ${time}`);
            });
          }
          const [[seconds] = []] = await ffprobe(mp4, "stream=duration", "-select_streams", "v");
          assert.ok(Math.abs(Number(seconds) - 5.2) < 0.01, `it lasts ${seconds} s`);
          assert.ok((await similarity(join(path, file), mp4)) > 0.9);
        });
      }
    });
  }
});
