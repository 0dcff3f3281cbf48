import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { runPipeline } from "../../runner/run";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { clipDirectory, makeClip } from "../support/clips";
import { IMAGE, synthesisePipeline } from "../support/pipeline";
import { BAD_INPUTS } from "../worker/badInputs";
import { buildWorker } from "../worker/workerProcess";
import { BUCKET, useLoopbackS3 } from "./loopback";

describe("an input that can never work, in S3", () => {
  const s3 = useLoopbackS3();
  let path: string;
  let remove: () => Promise<void>;
  let workerBundle: string;
  let good: string;
  let synthesis: Synthesis;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    workerBundle = await buildWorker(path);
    good = await makeClip(join(path, "good.mp4"), { sound: true, output: ["-movflags", "+faststart"] });
    synthesis = await synthesisePipeline({ image: IMAGE });
  });
  after(() => remove());

  for (const [file, make, sentence] of BAD_INPUTS) {
    it(`${file} fails with the worker's sentence in the notice, and nothing published`, async () => {
      const local = join(path, file);
      await make(good, local);
      if (existsSync(local)) await s3.put(`in/${file}`, await readFile(local));
      const prefix = `out/${file}/`;
      const record = await runPipeline({
        ...{ synthesis, workerBundle, outDir: join(path, `${file} run`) },
        ...{ video: `s3://${BUCKET}/in/${file}`, output: `s3://${BUCKET}/${prefix}` },
      });
      assert.equal(record.notifications.length, 1);
      const notice = JSON.parse(record.notifications[0]!.message) as Record<string, string>;
      const [, said = ""] =
        /^Extract Metadata failed: (.*) \(exit code 2 after 1 attempt\. Essential container in task exited\)$/.exec(
          notice["cause"]!,
        ) ?? [];
      assert.match(said, sentence, notice["cause"]);
      assert.deepEqual([record.status, record.failure?.explanation], ["FAILED", said]);
      assert.deepEqual(await s3.list(prefix), [`work/failures/${notice["job"]}.txt`]);
    });
  }
});
