import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { LADDER_VARIABLE } from "../../../components/workflow/plan";
import { features } from "../../../worker/commands/features";
import { metadata } from "../../../worker/commands/metadata";
import type { SceneChange } from "../../../worker/features/scenes";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import { storageFor } from "../../../worker/storage/open";
import { clipDirectory, ffmpeg } from "../../support/clips";
import { LADDER } from "../workerProcess";

/** Where the scenes of the clip begin. */
const SCENES = [1.4, 3.2];

describe("the scenes of a video", () => {
  let path: string;
  let remove: () => Promise<void>;
  let ladderBefore: string | undefined;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    ladderBefore = process.env[LADDER_VARIABLE];
    process.env[LADDER_VARIABLE] = JSON.stringify(LADDER);
  });
  after(async () => {
    if (ladderBefore === undefined) delete process.env[LADDER_VARIABLE];
    else process.env[LADDER_VARIABLE] = ladderBefore;
    await remove();
  });

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
    const job = { input: `file://${file}`, output: `file://${file}.out`, index: 0 };
    await mkdir(`${file}.out`);
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    await metadata(job, stores, new ProgressReport(() => undefined));
    const progress: string[] = [];
    await features(job, stores, new ProgressReport((line) => progress.push(line)));
    const text = await readFile(join(`${file}.out`, "features/scenes.json"), "utf8");
    return { changes: (JSON.parse(text) as { changes: SceneChange[] }).changes, progress };
  }

  for (const [name, gop, what] of [
    ["dense.mp4", 25, "between keyframes of which two differ"],
    ["dense.ts", 25, "in a container without an index"],
    ["sparse.mp4", 1000, "behind the only keyframe"],
    ["intra.mp4", 1, "at keyframes when every frame is one"],
  ] as const) {
    it(`are found ${what}`, async () => {
      const { changes, progress } = await scenesOf(await clip(name, gop));
      assert.equal(changes.length, SCENES.length, JSON.stringify(changes));
      for (const [index, { seconds, score }] of changes.entries()) {
        // Three frames, since pictures that no other is decoded from are passed over.
        assert.ok(Math.abs(seconds - (SCENES[index] as number)) <= 3.01 / 25, `${seconds} for ${SCENES[index]}`);
        assert.ok(score > 0.3 && score <= 1, String(score));
      }
      assert.equal(progress.at(-1), "progress 100%");
    });
  }
});
