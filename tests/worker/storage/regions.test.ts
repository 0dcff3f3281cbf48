import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { HeadBucketCommand } from "@aws-sdk/client-s3";

import { NOTHING, PreconditionFailed } from "../../../worker/storage/conditionalWrite";
import { S3Ranges } from "../../../worker/storage/s3Ranges";
import { S3Storage } from "../../../worker/storage/s3";
import { makeS3Client } from "../../../worker/storage/s3Client";
import { clipDirectory } from "../../support/clips";
import { startStrictS3, type StrictS3 } from "../../support/strictS3";
import { useEnvironment } from "../../support/useEnvironment";
import { buildWorker, WorkerRuns } from "../workerProcess";

describe("a bucket in another region", () => {
  let s3: StrictS3;
  let client: ReturnType<typeof makeS3Client>;
  let storage: S3Storage;
  before(async () => {
    s3 = await startStrictS3({ videos: "eu-west-1", masters: "us-west-2", archive: "af-south-1" });
  });
  after(() => s3.stop());
  const setEnvironment = useEnvironment();
  beforeEach(() => {
    setEnvironment({ AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
    client = makeS3Client({ AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_REGION: "eu-west-1" });
    storage = new S3Storage(client);
    s3.requests.length = 0;
  });
  afterEach(() => client.destroy());

  async function* pieces(): AsyncGenerator<Buffer> {
    for (let count = 0; count < 2; count++) yield await Promise.resolve(Buffer.alloc(5 << 20, count));
  }

  for (const bucket of ["masters", "archive"]) {
    const uri = `s3://${bucket}/clip.mp4`;

    it(`is found by whatever is asked of ${bucket} first`, async () => {
      const etag = createHash("md5").update("12345").digest("hex");
      const first: (() => Promise<unknown>)[] = [
        () => storage.stat(uri),
        () => storage.write(uri, "12345"),
        () => storage.readText(uri),
        () => storage.openRead(uri),
        () => storage.readRange(uri, { etag, start: 1, length: 2 }),
        () => storage.list(`s3://${bucket}/`),
        () => storage.folders(`s3://${bucket}/`),
        () => storage.write(uri, { [Symbol.asyncIterator]: pieces }),
        () => storage.remove(uri),
      ];
      for (const ask of first) {
        const again = makeS3Client({ AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_REGION: "eu-west-1" });
        storage = new S3Storage(again, new S3Ranges(again));
        await ask();
      }
      await assert.rejects(storage.write(uri, "6", { replaces: "0123" }), PreconditionFailed);
      await storage.write(uri, "67", { replaces: NOTHING });
      assert.deepEqual(await storage.stat(uri), { bytes: 2, etag: "735b90b4568125ed6c3f678819b6e058" });
    });

    it(`is asked only once where ${bucket} is, and requests to all buckets can be under way at once`, async () => {
      const uris = ["videos", bucket].map((name) => `s3://${name}/plan.json`);
      for (const each of uris) await storage.write(each, each);
      s3.requests.length = 0;
      const reads = Array.from({ length: 20 }, (_, index) => storage.readText(uris[index % 2]!));
      assert.deepEqual(
        await Promise.all(reads),
        Array.from({ length: 20 }, (_, index) => uris[index % 2]),
      );
      assert.equal(s3.requests.length, 20);
    });
  }

  it("can be found by many first requests at once", async () => {
    const uris = ["videos", "masters", "archive"].map((name) => `s3://${name}/plan.json`);
    const written = Array.from({ length: 30 }, (_, index) => storage.write(uris[index % 3]!, "{}"));
    await Promise.all(written);
    for (const uri of uris) assert.equal(await storage.readText(uri), "{}");
  });

  it("is no help for other refusals", async () => {
    await assert.rejects(client.send(new HeadBucketCommand({ Bucket: "absent" })), { name: "NotFound" });
    assert.deepEqual(s3.requests, ["HEAD /absent/"]);
  });
});

describe("without a region", () => {
  const setEnvironment = useEnvironment();

  it("S3 is not asked, and the sentence says how to name one", async () => {
    setEnvironment({ AWS_REGION: undefined, AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" });
    const storage = new S3Storage(makeS3Client({}));
    const sentence = "The AWS region of this job is unknown; set AWS_REGION, for example to eu-west-1.";
    await assert.rejects(storage.stat("s3://videos/clip.mp4"), { name: "InputError", message: sentence });
    await assert.rejects(storage.write("s3://videos/plan.json", "{}"), { name: "InputError", message: sentence });
  });

  it("a job ends with exit code 2", async () => {
    const { path, remove } = await clipDirectory();
    const none = { AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined, AWS_CONFIG_FILE: "/dev/null" };
    const uri = "s3://videos/clip.mp4";
    const { code, lastLine } = await new WorkerRuns(await buildWorker(path), uri, "s3://videos/out", none).run([
      "metadata",
    ]);
    await remove();
    assert.match(lastLine, /^The AWS region of this job is unknown/);
    assert.equal(code, 2);
  });
});
