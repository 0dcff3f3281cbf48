import assert from "node:assert/strict";
import { copyFile, readdir, truncate } from "node:fs/promises";
import { join } from "node:path";

import { JobError } from "../../../../worker/errors/errors";
import { audio } from "../../../../worker/commands/audio";
import { features } from "../../../../worker/commands/features";
import { metadata } from "../../../../worker/commands/metadata";
import { transcode } from "../../../../worker/commands/transcode";
import { ProgressReport } from "../../../../worker/ffmpeg/progress";
import { FileStorage } from "../../../../worker/storage/file";
import type { ObjectRange } from "../../../../worker/storage/storage";
import { clipDirectory, makeClip } from "../../../support/clips";
import { useLadder } from "../../useLadder";
import { LADDER } from "../../workerProcess";

/** A disk on which something happens just before a certain byte is read. */
class FaultyDisk extends FileStorage {
  constructor(
    private readonly position: number,
    private readonly happens: () => void | Promise<void>,
  ) {
    super();
  }

  override async readRange(uri: string, range: ObjectRange): Promise<Buffer> {
    if (range.start <= this.position && this.position < range.start + range.length) await this.happens();
    return super.readRange(uri, range);
  }
}

describe("a job whose source the disk doesn't deliver", () => {
  let path: string;
  let remove: () => Promise<void>;
  let clip: string;
  let bytes: number;
  useLadder(LADDER);
  const report = new ProgressReport(() => undefined);
  const job = (input: string, output: string) => ({
    ...{ input: `file://${input}`, output: `file://${join(path, output)}` },
    ...{ rendition: "90p", part: 2, index: 1 },
  });

  before(async () => {
    ({ path, remove } = await clipDirectory());
    clip = await makeClip(join(path, "clip.mp4"), { seconds: 4, sound: true, output: ["-movflags", "+faststart"] });
    const storage = new FileStorage();
    bytes = (await storage.stat(`file://${clip}`))!.bytes;
    await metadata(job(clip, "out"), { source: storage, target: storage }, report);
  });
  after(() => remove());

  for (const [name, run] of Object.entries({ metadata, features, transcode, audio })) {
    it(`fails with the disk's reason: ${name}`, async () => {
      const reason = `Couldn't read file://${clip}: the disk reports an error.`;
      const source = new FaultyDisk(bytes - 1, () => {
        throw new JobError(reason);
      });
      const output = name === "metadata" ? "new" : "out";
      await assert.rejects(run(job(clip, output), { source, target: new FileStorage() }, report), {
        name: "JobError",
        message: reason,
      });
      const made = await readdir(join(path, output), { recursive: true }).catch(() => []);
      const planned = ["metadata.json", "plan.json"];
      assert.deepEqual(made.filter((file) => /\.(?:json|m3u8)$/.test(file)).sort(), name === "metadata" ? [] : planned);
    });
  }

  const changes: [what: string, change: (copy: string) => Promise<void>, sentence: string][] = [
    [
      "is replaced",
      (copy) => copyFile(clip, copy),
      '"copy.mp4" was replaced while it was read; start the pipeline again.',
    ],
    [
      "loses its end",
      (copy) => truncate(copy, bytes - 100),
      '"copy.mp4" was replaced while it was read; start the pipeline again.',
    ],
  ];
  for (const [what, change, message] of changes) {
    it(`fails with a file that ${what} meanwhile`, async () => {
      const copy = join(path, "copy.mp4");
      await copyFile(clip, copy);
      const source = new FaultyDisk(0, () => change(copy));
      await assert.rejects(metadata(job(copy, "new"), { source, target: new FileStorage() }, report), {
        name: "JobError",
        message,
      });
    });
  }
});
