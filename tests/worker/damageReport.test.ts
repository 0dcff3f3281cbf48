import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Damage } from "../../contract/damage";
import { damageReport } from "../../contract/damageReport";
import type { Manifest } from "../../contract/manifest";
import { LADDER_VARIABLE, type Plan } from "../../contract/plan";
import { metadata } from "../../worker/commands/metadata";
import { packageVideo } from "../../worker/commands/package";
import { transcode } from "../../worker/commands/transcode";
import { pathOf } from "../../worker/ffmpeg/program";
import { clipDirectory, makeClip } from "../support/clips";
import { useEnvironment } from "../support/useEnvironment";
import { Jobs, RENDITION } from "./jobsInProcess";
import { LADDER } from "./workerProcess";

const damage: Damage[] = [{ fromSeconds: 0.5, toSeconds: 0.6, what: "2 pictures can't be decoded" }];

describe("the report of damage that the packaging job writes for the state machine", () => {
  let path: string;
  let remove: () => Promise<void>;
  let clip: string;
  let output: string;
  const use = useEnvironment();
  const ffmpeg = pathOf("ffmpeg");
  const packaged = async (job?: string): Promise<Jobs> => {
    const jobs = new Jobs(clip, output, ffmpeg, job);
    await jobs.run(packageVideo, { maxDamagedShare: 0.2 });
    return jobs;
  };

  beforeEach(() => use({ [LADDER_VARIABLE]: JSON.stringify({ ...LADDER, renditions: [RENDITION], parts: [{}] }) }));
  before(async () => {
    ({ path, remove } = await clipDirectory());
    clip = await makeClip(join(path, "clip.mp4"), { width: 192, height: 108, seconds: 1 });
    output = join(path, "output");
    await mkdir(output);
  });
  after(() => remove());

  it("says what the manifest says, after the job that made it and after one that found it", async () => {
    const jobs = new Jobs(clip, output, ffmpeg);
    await jobs.run(metadata);
    await jobs.run(transcode, { rendition: RENDITION.name, part: 1 });
    const sound = await packaged("first");
    assert.deepEqual(await sound.json("work/damage/first.json"), { version: 1, lines: [] });

    // The container shows it.
    await writeFile(jobs.path("plan.json"), JSON.stringify({ ...(await jobs.json<Plan>("plan.json")), damage }));
    await writeFile(jobs.path("manifest.json"), "{}");
    const made = await packaged("second");
    assert.deepEqual((await made.json<Manifest>("manifest.json")).damage, damage);
    const found = await packaged("third");
    for (const name of ["second", "third"]) {
      assert.deepEqual(await found.json(`work/damage/${name}.json`), damageReport(damage));
    }
  });

  it("is not written by hand, where nobody reads it", async () => {
    const before = await readdir(join(output, "work/damage"));
    await packaged();
    assert.deepEqual(await readdir(join(output, "work/damage")), before);
  });
});
