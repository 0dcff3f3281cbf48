import assert from "node:assert/strict";

import type { S3Client } from "@aws-sdk/client-s3";
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
} from "@aws-sdk/client-s3";

import { NOTHING, PreconditionFailed } from "../../../worker/storage/conditionalWrite";
import { S3Storage } from "../../../worker/storage/s3";
import { makeS3Client } from "../../../worker/storage/s3Client";
import { makeRangeClient, S3Ranges } from "../../../worker/storage/s3Ranges";
import { startFaultyS3, type Answer } from "./faultyS3";

const DENIED: Answer = { status: 403, code: "AccessDenied" };

describe("S3Storage, when S3 fails", () => {
  let stopServer: () => Promise<void>;
  let s3: Awaited<ReturnType<typeof startFaultyS3>>;
  let client: S3Client;
  let storage: S3Storage;
  const environment = { ...process.env };

  before(async () => {
    const { startFauxqs } = await import("fauxqs");
    const server = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1", init: { buckets: ["videos"] } });
    stopServer = () => server.stop();
    s3 = await startFaultyS3(server.port);
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "eu-west-1" });
    client = makeS3Client({ ...process.env, AWS_ENDPOINT_URL_S3: s3.endpoint });
    const ranges = new S3Ranges(makeRangeClient({ ...process.env, AWS_ENDPOINT_URL_S3: s3.endpoint }));
    storage = new S3Storage(client, ranges);
  });
  after(async () => {
    client.destroy();
    s3.stop();
    await stopServer();
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    Object.assign(process.env, environment);
  });
  afterEach(() => s3.answer(() => undefined));

  it("retries when S3 asks it to slow down", async () => {
    let refused = 0;
    s3.answer(() => (refused++ < 2 ? { status: 503, code: "SlowDown" } : undefined));
    const start = Date.now();
    assert.equal(await storage.write("s3://videos/slow.json", "{}"), 2);
    assert.equal(s3.asked.length, 3);
    assert.ok(Date.now() - start > 50, "with a pause in between");
    assert.equal(await storage.readText("s3://videos/slow.json"), "{}");
  });

  it("fails with a sentence if that continues", async () => {
    s3.answer(() => ({ status: 503, code: "SlowDown" }));
    const hasty = makeS3Client({ ...process.env, AWS_ENDPOINT_URL_S3: s3.endpoint });
    hasty.config.retryStrategy = () =>
      Promise.resolve(
        new (class {
          mode = "none";
          retry = <T>(next: (args: T) => unknown, args: T) => next(args);
        })() as never,
      );
    await assert.rejects(new S3Storage(hasty).readText("s3://videos/slow.json"), {
      name: "JobError",
      message: "S3 failed at s3://videos/slow.json: SlowDown, As the test says.",
    });
    hasty.destroy();
  });

  const lacks: [what: string, use: (uri: string) => Promise<unknown>, permission: string][] = [
    ["looking", (uri) => storage.stat(uri), "s3:GetObject"],
    ["reading", (uri) => storage.readText(uri), "s3:GetObject"],
    ["reading a range", (uri) => storage.readRange(uri, { etag: "1", start: 0, length: 1 }), "s3:GetObject"],
    ["writing", (uri) => storage.write(uri, "{}"), "s3:PutObject"],
    ["removing", (uri) => storage.remove(uri), "s3:DeleteObject"],
    ["listing", (uri) => storage.list(uri), "s3:ListBucket"],
  ];
  for (const [what, use, permission] of lacks) {
    it(`says which permission ${what} needs`, async () => {
      s3.answer(() => DENIED);
      await assert.rejects(use("s3://videos/a b.json"), {
        name: "JobError",
        message: `Access to s3://videos/a b.json was denied; the job's role needs ${permission} there, and s3:ListBucket on videos.`,
      });
    });
  }

  it("leaves no parts of an upload that fails halfway", async () => {
    async function* pieces(): AsyncGenerator<Buffer> {
      for (let count = 0; count < 3; count++) yield await Promise.resolve(Buffer.alloc(6 << 20));
    }
    // The server can't list uploads, but it removes a bucket only if it has none.
    const Bucket = "parts";
    await client.send(new CreateBucketCommand({ Bucket }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: "control" }));
    await assert.rejects(client.send(new DeleteBucketCommand({ Bucket })), { name: "BucketNotEmpty" });
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: "control", UploadId }));
    s3.answer(({ method, url }) => (method === "PUT" && url.includes("partNumber=2") ? DENIED : undefined));
    await assert.rejects(storage.write(`s3://${Bucket}/long.mp4`, pieces()), { name: "JobError" });
    const aborted = s3.asked.filter(({ method, url }) => method === "DELETE" && url.includes("uploadId="));
    assert.equal(aborted.length, 1);
    await client.send(new DeleteBucketCommand({ Bucket }));
  });

  it("sends the etag to replace and a checksum, and recognises a failed precondition", async () => {
    await storage.write("s3://videos/a.json", "1", { replaces: NOTHING });
    await storage.write("s3://videos/a.json", "2", { replaces: "c4ca" });
    assert.deepEqual(
      s3.asked.map(({ headers }) => [headers["if-none-match"], headers["if-match"]]),
      [
        ["*", undefined],
        [undefined, '"c4ca"'],
      ],
    );
    assert.ok(s3.asked.every(({ headers }) => headers["x-amz-checksum-crc32"] !== undefined));
    const refusals: Answer[] = [
      { status: 412, code: "PreconditionFailed" },
      { status: 409, code: "ConditionalRequestConflict" },
      { status: 404, code: "NoSuchKey" },
    ];
    for (const refusal of refusals) {
      s3.answer(({ method }) => (method === "PUT" ? refusal : undefined));
      await assert.rejects(storage.write("s3://videos/a.json", "3", { replaces: "c4ca" }), PreconditionFailed);
    }
    s3.answer(({ method }) => (method === "DELETE" ? refusals[0] : undefined));
    await storage.remove("s3://videos/a.json", "c4ca");
    assert.equal(s3.asked.at(-1)?.headers["if-match"], '"c4ca"');
  });
});
