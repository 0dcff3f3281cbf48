import assert from "node:assert/strict";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Ladder } from "../../contract/plan";
import { clipDirectory, makeClip } from "../support/clips";
import { BAD_INPUTS } from "./badInputs";
import { buildWorker, LADDER, WorkerRuns } from "./workerProcess";

describe("an input that can never work", () => {
  let path: string;
  let remove: () => Promise<void>;
  let bundle: string;
  let good: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    bundle = await buildWorker(path);
    good = await makeClip(join(path, "good.mp4"), { sound: true, output: ["-movflags", "+faststart"] });
  });
  after(() => remove());

  for (const [file, make, sentence] of BAD_INPUTS) {
    it(`${file} ends with exit code 2, one sentence and nothing published`, async () => {
      await make(good, join(path, file));
      const output = join(path, `${file} out`);
      const { code, lastLine } = await new WorkerRuns(bundle, `file://${join(path, file)}`, `file://${output}`).run([
        "metadata",
      ]);
      assert.match(lastLine, sentence);
      assert.equal(code, 2);
      await assert.rejects(access(output), { code: "ENOENT" });
    });
  }

  it("small.mp4, which is smaller than the encoder of any rendition takes", async () => {
    const source = await makeClip(join(path, "small.mp4"), { width: 80, height: 48, seconds: 0.2 });
    const ladder: Ladder = { ...LADDER, renditions: [{ ...LADDER.renditions[0]!, codec: "av1" }] };
    const worker = new WorkerRuns(bundle, `file://${source}`, `file://${join(path, "small out")}`, {}, ladder);
    const { code, lastLine } = await worker.run(["metadata"]);
    assert.equal(
      lastLine,
      '"small.mp4" is too small for the ladder\'s encoders: its pictures are 80x48, and renditions need at least 64x64.',
    );
    assert.equal(code, 2);
  });

  it("long.mp4, which is longer than the ladder accepts", async () => {
    const worker = new WorkerRuns(
      bundle,
      `file://${good}`,
      `file://${join(path, "long out")}`,
      {},
      {
        ...LADDER,
        maxDurationSeconds: 1,
      },
    );
    const { code, lastLine } = await worker.run(["metadata"]);
    assert.equal(
      lastLine,
      '"good.mp4" lasts 2 seconds, and maxDurationSeconds accepts at most 1; raise it, or cut the video into shorter ones.',
    );
    assert.equal(code, 2);
    await assert.rejects(access(join(path, "long out")), { code: "ENOENT" });
  });

  it("damaged.mp4, with zeros among its frames, ends the transcode with exit code 2", async () => {
    const bytes = await readFile(good);
    bytes.fill(0, Math.round(bytes.length * 0.6), Math.round(bytes.length * 0.8));
    await writeFile(join(path, "damaged.mp4"), bytes);
    const worker = new WorkerRuns(bundle, `file://${join(path, "damaged.mp4")}`, `file://${join(path, "damaged out")}`);
    await worker.succeed("metadata");
    const { code, lastLine } = await worker.transcode("90p", 2, 0);
    assert.match(
      lastLine,
      /^"damaged\.mp4" is damaged at 0:01 \(.+\), for 0\.\d+ s or \d+ % of its length, and at most 2 % is accepted; to process it anyway, raise maxDamagedShare\.$/,
    );
    assert.equal(code, 2);
    await assert.rejects(worker.record("90p/2-00000"), { code: "ENOENT" });
  });

  it("nothing.mp4, whose sentence the notice lacks since nothing can be written", async () => {
    const input = `file://${join(path, "nothing.mp4")}`;
    await writeFile(join(path, "nothing.mp4"), "");
    // Below a file there is nothing.
    const worker = new WorkerRuns(bundle, input, input);
    const { code, stderr } = await worker.run(["metadata"], { AWS_BATCH_JOB_ID: "4b1c" });
    assert.deepEqual(stderr.split("\n"), [
      `The notice will lack the sentence below: ${input}/work/failures/4b1c.txt couldn't be written: its directory was removed in the meantime.`,
      '"nothing.mp4" is empty: it has 0 bytes; upload it again.',
      "",
    ]);
    assert.equal(code, 2);
  });

  it("a source that was changed after its plan was made", async () => {
    const source = await makeClip(join(path, "moving.mp4"), { seconds: 1 });
    const worker = new WorkerRuns(bundle, `file://${source}`, `file://${join(path, "moving out")}`);
    await worker.succeed("metadata");
    await makeClip(source, { seconds: 2 });
    for (const args of [["transcode", "--rendition", "90p", "--part", "1"], ["features"]]) {
      const { code, lastLine } = await worker.run(args);
      assert.equal(lastLine, '"moving.mp4" changed after its plan was made; start the pipeline again.');
      assert.equal(code, 2);
    }
  });
});
