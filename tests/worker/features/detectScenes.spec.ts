import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { SceneChange } from "../../../worker/features/scenes";
import { clipDirectory, ffmpeg, ffprobe, makeClip } from "../../support/clips";
import { X264 } from "../exactness/ingredients";
import { removeTimes } from "../removeTimes";
import { useLadder } from "../useLadder";
import { LADDER } from "../workerProcess";
import { featuresOf } from "../exactness/featuresOf";

/** Where the scenes of the clip begin. */
const SCENES = [1.4, 3.2];

describe("detectScenes", () => {
  let path: string;
  let remove: () => Promise<void>;
  useLadder(LADDER);
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  /** Seven seconds of three scenes, with a keyframe every `gop` frames and nowhere else. */
  async function clip(name: string, gop: number): Promise<string> {
    const file = join(path, name);
    const scene = (source: string) => ["-f", "lavfi", "-i", `${source}:s=160x90:r=25`];
    await ffmpeg(
      ...[...scene("testsrc2=d=1.4"), ...scene("color=white:d=1.8"), ...scene("testsrc2=d=3.8")],
      ...["-filter_complex", "concat=n=3,format=yuv420p"],
      ...["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", String(gop), "-sc_threshold", "0"],
      `file:${file}`,
    );
    return file;
  }

  async function scenesOf(file: string): Promise<{ changes: SceneChange[]; progress: string[] }> {
    const { directory, progress } = await featuresOf(file);
    const text = await readFile(join(directory, "scenes.json"), "utf8");
    return { changes: (JSON.parse(text) as { changes: SceneChange[] }).changes, progress };
  }

  for (const [name, gop, what] of [
    ["dense.mp4", 25, "between two keyframes that differ"],
    ["dense.ts", 25, "in a container without an index"],
    ["sparse.mp4", 1000, "after the only keyframe"],
    ["intra.mp4", 1, "at keyframes if every frame is one"],
  ] as const) {
    it(`finds scene changes ${what}`, async () => {
      const { changes, progress } = await scenesOf(await clip(name, gop));
      assert.equal(changes.length, SCENES.length, JSON.stringify(changes));
      for (const [index, { seconds, score }] of changes.entries()) {
        // Up to three frames off, since pictures that no other is decoded from are skipped.
        assert.ok(Math.abs(seconds - (SCENES[index] as number)) <= 3.01 / 25, `${seconds} for ${SCENES[index]}`);
        assert.ok(score > 0.3 && score <= 1, String(score));
      }
      assert.equal(progress.at(-1), "progress 100%");
    });
  }

  it("finds them at the plan's times in a transport stream of which many pictures have none", async () => {
    const file = join(path, "untimed.ts");
    const bytes = await readFile(await clip("timed.ts", 25));
    // Decoders take those in the middle for evenly distributed until the next one that has a time.
    removeTimes(bytes, (picture) => picture > 0 && picture !== 60 && picture < 150);
    await writeFile(file, bytes);
    const { changes } = await scenesOf(file);
    assert.deepEqual(
      changes.map(({ seconds }) => seconds.toFixed(2)),
      SCENES.map((seconds) => seconds.toFixed(2)),
    );
  });

  it("finds none in a still video, but makes its poster", async () => {
    const file = join(path, "still.mp4");
    // With only one keyframe, all pictures are examined.
    await makeClip(file, { width: 96, height: 64, seconds: 4, video: [...X264, "-g", "1000"] });
    const { directory } = await featuresOf(file);
    assert.deepEqual(await made(directory), { changes: 0, poster: [["96", "64"]], sheet: [["640", "106"]] });
  });

  it("handles a recording without a keyframe that decodes alone", async () => {
    const file = join(path, "refreshed.ts");
    const refresh = "intra-refresh=1:keyint=25:repeat-headers=1:scenecut=0";
    const output = ["-bsf:v", "noise=drop=lt(n\\,1)"];
    await makeClip(file, { width: 96, height: 64, seconds: 4, video: [...X264, "-x264-params", refresh], output });
    const { directory } = await featuresOf(file);
    assert.deepEqual(await made(directory), { changes: 0, poster: [["96", "64"]], sheet: [["480", "106"]] });
  });

  async function made(directory: string): Promise<Record<string, unknown>> {
    const { changes } = JSON.parse(await readFile(join(directory, "scenes.json"), "utf8")) as { changes: unknown[] };
    const size = (name: string): Promise<string[][]> => ffprobe(join(directory, name), "stream=width,height");
    return { changes: changes.length, poster: await size("poster.jpg"), sheet: await size("sprite.jpg") };
  }
});
