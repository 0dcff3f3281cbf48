import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, makeClip } from "../support/clips";
import { type Fault, type S3Source, serveSource } from "../support/s3Source";
import { buildWorker, WorkerRuns } from "../worker/workerProcess";

/** What only S3 may see, and the addresses that mean nothing to anybody who reads a log. */
const PRIVATE = /AKIAEXAMPLE|SECRETKEY|SESSIONTOKEN|X-Amz-|Signature|127\.0\.0\.1|[?&]x-id=/i;

describe("a worker whose source S3 refuses", () => {
  let path: string;
  let remove: () => Promise<void>;
  let s3: S3Source;
  let worker: WorkerRuns;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    s3 = await serveSource(await makeClip(join(path, "clip.mp4"), { sound: true }));
    worker = new WorkerRuns(await buildWorker(path), "s3://videos/clip.mp4", `file://${join(path, "out")}`, {
      ...{ AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_REGION: "eu-west-1", AWS_BATCH_JOB_ID: "job-1:3" },
      ...{ AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "SECRETKEY", AWS_SESSION_TOKEN: "SESSIONTOKEN" },
    });
  });
  after(async () => {
    s3.stop();
    await remove();
  });

  const cases: [fault: Fault, code: number, sentence: string][] = [
    [
      { status: 403, code: "AccessDenied" },
      1,
      "Access to s3://videos/clip.mp4 was denied; the job's role needs s3:GetObject there, and s3:ListBucket on videos.",
    ],
    [{ status: 400, code: "ExpiredToken" }, 1, "S3 failed at s3://videos/clip.mp4: ExpiredToken, As the test says."],
    [
      { status: 412, code: "PreconditionFailed" },
      1,
      '"clip.mp4" was replaced while it was read; start the pipeline again.',
    ],
  ];

  for (const command of ["metadata", "audio", "transcode --rendition 90p --part 1"]) {
    it(`ends with one sentence, in its log and for the notice: ${command}`, async () => {
      for (const [fault, expected, sentence] of cases) {
        s3.script(({ method }) => (method === "GET" ? fault : undefined));
        const { code, stdout, stderr } = await worker.run(command.split(" "));
        assert.deepEqual([code, stdout, stderr], [expected, "", `${sentence}\n`]);
        assert.equal(await readFile(join(path, "out/work/failures/job-1.txt"), "utf8"), sentence);
      }
      // What the next command works on.
      s3.script();
      if (command === "metadata") await worker.succeed("metadata");
    });
  }

  it("writes nothing that only S3 may see", async () => {
    await worker.all();
    const entries = await readdir(join(path, "out"), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    assert.ok(files.length > 10);
    for (const { parentPath, name } of files) {
      const content = await readFile(join(parentPath, name), "latin1");
      assert.doesNotMatch(content, PRIVATE, name);
      if (name === "plan.json") assert.match(content, /s3:\/\/videos\/clip\.mp4/);
    }
  });
});
