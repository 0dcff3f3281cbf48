import assert from "node:assert/strict";
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { metadata } from "../../../worker/commands/metadata";
import { transcode } from "../../../worker/commands/transcode";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import type { TrackRecord } from "../../../worker/output/record";
import { OwnedOutput } from "../../../worker/output/ownedOutput";
import { storageFor } from "../../../worker/storage/storageFor";
import type { Storage } from "../../../worker/storage/storage";
import { awaitConcurrentJob } from "../../../worker/output/concurrentJob";
import { clipDirectory, makeClip } from "../../support/clips";
import { useLadder } from "../useLadder";
import { LADDER } from "../workerProcess";

describe("a chunk whose segments another execution replaces while they are made", () => {
  let path: string;
  let remove: () => Promise<void>;
  let run: (replace?: () => Promise<void>) => Promise<void>;
  let record: TrackRecord;
  /** Path of its file. */
  let file: string;
  useLadder({ ...LADDER, parts: [{}] });
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 1 });
    const job = { input: `file://${clip}`, output: `file://${path}/out`, index: 0, rendition: "90p", part: 1 };
    const report = new ProgressReport(() => undefined);
    await mkdir(join(path, "out"));
    const [source, target] = [storageFor(job.input), storageFor(job.output)];
    await metadata(job, { source, target }, report);
    run = (replace = () => Promise.resolve()) => {
      // The job looks at its segments when it has made them.
      const list: Storage["list"] = async (uri) => {
        if (uri.endsWith("/hls/90p/")) {
          await replace();
          replace = () => Promise.resolve();
        }
        return target.list(uri);
      };
      const watched = Object.assign(Object.create(target) as Storage, { list });
      return transcode(job, { source, target: watched }, report);
    };
    await run();
    const [name = ""] = await readdir(join(path, "out/work/90p"));
    file = join(path, "out/work/90p", name);
    record = JSON.parse(await readFile(file, "utf8")) as TrackRecord;
  });
  beforeEach(() => rm(file));
  after(() => remove());

  const replaceSegment = (): Promise<void> =>
    appendFile(join(path, "out/hls/90p", record.segments[0]!.name), Buffer.from("0000000866726565", "hex"));

  it("is left to that one, once it is whole", async () => {
    const [first, ...others] = record.segments;
    const theirs = JSON.stringify({ ...record, segments: [{ ...first!, bytes: first!.bytes + 8 }, ...others] });
    await run(async () => {
      await replaceSegment();
      await writeFile(file, theirs);
    });
    assert.equal(await readFile(file, "utf8"), theirs);
  });

  it("is waited for while that one is at work, and is for another attempt when it does not end", async () => {
    const { name, bytes } = record.segments[0]!;
    const segment = join(path, "out/hls/90p", name);
    const made = (await readFile(segment)).subarray(0, bytes);
    await replaceSegment();
    const output = `file://${path}/out`;
    const held = await OwnedOutput.open(storageFor(output), output);
    const written = { track: "90p", record, path: `work/90p/${basename(file)}` };
    const replaced = (patience: number): Promise<boolean> => awaitConcurrentJob(held, written, patience);
    await assert.rejects(replaced(1), {
      name: "JobError",
      message:
        "Another job began to write the same segments and didn't finish; another attempt of this job writes them again.",
    });
    const waiting = replaced(60_000);
    await writeFile(segment, made);
    await writeFile(file, JSON.stringify(record));
    assert.equal(await waiting, true);
  });
});
