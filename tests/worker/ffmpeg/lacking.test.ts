import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Ladder } from "../../../contract/plan";
import { features } from "../../../worker/commands/features";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import { storageFor } from "../../../worker/storage/open";
import { clipDirectory, ffmpeg } from "../../support/clips";
import { makeAll } from "../exactness/inProcess";
import { LADDER } from "../workerProcess";

const H264 = { name: "h264", height: 64, preset: "ultrafast", crf: 30 };
const AV1 = { ...H264, name: "av1", codec: "av1" as const };

describe("an ffmpeg that was built without something", () => {
  let path: string;
  let remove: () => Promise<void>;
  let pathBefore: string | undefined;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    pathBefore = process.env["FFMPEG_PATH"];
    const marks = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc";
    const picture = "color=gray:s=64x64:r=25:d=0.2,format=yuv420p10le";
    const encoder = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"];
    await ffmpeg("-f", "lavfi", "-i", picture, "-vf", marks, ...encoder, join(path, "hdr.mp4"));
  });
  afterEach(() => {
    if (pathBefore === undefined) delete process.env["FFMPEG_PATH"];
    else process.env["FFMPEG_PATH"] = pathBefore;
  });
  after(() => remove());

  /** The real one, which is asked for something of another name instead. */
  async function without(name: string): Promise<void> {
    const file = join(path, `without-${name}`);
    await writeFile(file, `#!/bin/bash\nexec ffmpeg "\${@//${name}/${name}-which-is-missing}"\n`, { mode: 0o755 });
    process.env["FFMPEG_PATH"] = file;
  }

  const make = (name: string, ladder: Partial<Ladder>): Promise<unknown> =>
    makeAll(join(path, "hdr.mp4"), join(path, name), { ...LADDER, ...ladder });
  // Not for another attempt, which would find the same ffmpeg.
  const error = (what: string) => ({
    name: "InputError",
    message: `This ffmpeg has no ${what}-which-is-missing; take one that has it, such as that of the worker's own image.`,
  });

  it("is named as the reason where an encoder is missing", async () => {
    await without("libsvtav1");
    await assert.rejects(make("av1", { renditions: [AV1] }), error("encoder libsvtav1"));
  });

  it("is named as the reason where a filter is missing, of features too", async () => {
    await without("zscale");
    await assert.rejects(make("sdr", { renditions: [H264] }), error("filter zscale"));
    const job = { input: `file://${join(path, "hdr.mp4")}`, output: `file://${join(path, "sdr")}`, index: 0 };
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    await assert.rejects(features(job, stores, new ProgressReport(() => undefined)), error("filter zscale"));
  });
});
