import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { LADDER_VARIABLE, type Ladder, type Plan } from "../../contract/plan";
import type { Job, Stores } from "../../worker/commands/job";
import { metadata } from "../../worker/commands/metadata";
import { packageVideo } from "../../worker/commands/package";
import { transcode } from "../../worker/commands/transcode";
import { ProgressReport } from "../../worker/ffmpeg/progress";
import type { Manifest } from "../../contract/manifest";
import { storageFor } from "../../worker/storage/storageFor";
import { clipDirectory, makeClip } from "../support/clips";
import { LADDER } from "./workerProcess";

const SHARED: Ladder = {
  ...LADDER,
  // The two smaller ones have no more pixels together than the largest.
  renditions: [108, 68, 64].map((height) => ({ name: `${height}p`, height, preset: "ultrafast", crf: 23 })),
  chunkSeconds: 60,
  shareDecoding: true,
};

describe("jobs that share decoding", () => {
  let path: string;
  let remove: () => Promise<void>;
  let clip: string;
  let ladderBefore: string | undefined;
  before(async () => {
    ladderBefore = process.env[LADDER_VARIABLE];
    ({ path, remove } = await clipDirectory());
    clip = await makeClip(join(path, "clip.mp4"), { width: 192, height: 108, seconds: 2 });
    await make("shared", SHARED, ["108p", "68p"]);
    await make("apart", { ...SHARED, shareDecoding: false }, ["108p", "68p", "64p"]);
  });
  after(async () => {
    if (ladderBefore === undefined) delete process.env[LADDER_VARIABLE];
    else process.env[LADDER_VARIABLE] = ladderBefore;
    await remove();
  });

  type Command = (job: Job, stores: Stores, report: ProgressReport) => Promise<void>;

  async function run(command: Command, name: string, more: Partial<Job> = {}): Promise<void> {
    const job = { input: `file://${clip}`, output: `file://${join(path, name)}`, index: 0, ...more };
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    await command(job, stores, new ProgressReport(() => undefined));
  }

  async function make(name: string, ladder: Ladder, renditions: string[]): Promise<void> {
    process.env[LADDER_VARIABLE] = JSON.stringify(ladder);
    await mkdir(join(path, name));
    await run(metadata, name);
    for (const rendition of renditions) {
      for (const part of [1, 2]) await run(transcode, name, { rendition, part });
    }
  }

  const json = async <T>(name: string): Promise<T> => JSON.parse(await readFile(join(path, name), "utf8")) as T;

  /** What players read of a rendition, by the file's name. */
  async function media(name: string, rendition: string): Promise<Record<string, string>> {
    const directory = join(path, name, "hls", rendition);
    const files = (await readdir(directory)).filter((file) => /\.(?:m4s|mp4)$/.test(file)).sort();
    const read = async (file: string): Promise<string> => (await readFile(join(directory, file))).toString("hex");
    return Object.fromEntries(await Promise.all(files.map(async (file) => [file, await read(file)] as const)));
  }

  it("make the same bytes as jobs of each rendition's own", async () => {
    const [shared, apart] = [await json<Plan>("shared/plan.json"), await json<Plan>("apart/plan.json")];
    const own = undefined;
    assert.deepEqual(
      shared.renditions.map(({ name, encodedWith }) => [name, encodedWith]),
      [
        ["108p", own],
        ["68p", own],
        ["64p", "68p"],
      ],
    );
    assert.equal(shared.fingerprint, apart.fingerprint);
    for (const { name } of shared.renditions) {
      const made = await media("shared", name);
      // An init segment, and one segment of each part.
      assert.equal(Object.keys(made).length, 3, Object.keys(made).join());
      assert.deepEqual(made, await media("apart", name));
    }
  });

  it("make again what is lost of one of them, and all of them are packaged", async () => {
    const before = await media("shared", "64p");
    const lost = Object.keys(before).find((file) => file.endsWith(".m4s")) as string;
    await rm(join(path, "shared/hls/64p", lost));
    for (const part of [1, 2]) await run(transcode, "shared", { rendition: "68p", part });
    assert.deepEqual(await media("shared", "64p"), before);
    await run(packageVideo, "shared");
    const { renditions } = await json<Manifest>("shared/manifest.json");
    assert.deepEqual(renditions.map(({ name }) => name).sort(), ["108p", "64p", "68p"]);
  });

  it("are missing together when one has failed for good", async () => {
    await run(packageVideo, "shared", { missing: { renditions: ["68p"], features: false } });
    const { renditions, missing } = await json<Manifest>("shared/manifest.json");
    assert.deepEqual(
      renditions.map(({ name }) => name),
      ["108p"],
    );
    assert.deepEqual(missing, { renditions: ["68p", "64p"], features: false });
  });
});
