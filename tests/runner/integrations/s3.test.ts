import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JsonObject } from "../../../contract/asl";
import { getObject, headObject, listObjectsV2 } from "../../../runner/integrations/s3";
import { startStrictS3, type StrictS3 } from "../../support/strictS3";
import { useEnvironment } from "../../support/useEnvironment";
import { context, failureOf } from "./support";

describe("s3:getObject", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "s3-test-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const get = (path: string, Bucket = "") => getObject.run({ Bucket, Key: path.slice(1) }, context());

  it("reads a file whose path has anything in it", async () => {
    const path = join(folder, "a b#%20é.json");
    writeFileSync(path, '{"é":1}');
    utimesSync(path, 1e9, 1e9);
    assert.deepEqual(await get(path), {
      AcceptRanges: "bytes",
      Body: '{"é":1}',
      ContentLength: 8,
      ETag: '"5a278f779cec8fae6d58e7de58a4dd03"',
      LastModified: "2001-09-09T01:46:40.000Z",
      Metadata: {},
    });
  });

  it("names its errors as the service does", async () => {
    const missing = join(folder, "missing");
    assert.deepEqual(await failureOf(get(missing)), [
      "S3.NoSuchKeyException",
      `The specified key does not exist. (${missing})`,
    ]);
    assert.deepEqual((await failureOf(get(folder)))[0], "S3.NoSuchKeyException");
    assert.deepEqual(await failureOf(get("/")), [
      "S3.S3Exception",
      'Key must be a string that is not empty. Received "".',
    ]);
  });

  it("reads up to the payload quota and not a byte more", async () => {
    const path = join(folder, "large");
    writeFileSync(path, "x".repeat(262_144));
    assert.equal(((await get(path)) as { ContentLength: number }).ContentLength, 262_144);
    writeFileSync(path, "x".repeat(262_145));
    assert.deepEqual(await failureOf(get(path)), [
      "States.DataLimitExceeded",
      `The object ${path} has 262145 bytes. The result of a task can have at most 262144.`,
    ]);
  });
});

describe("s3:headObject and s3:listObjectsV2 of local files", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "s3-test-"));
    mkdirSync(join(folder, "a b/c"), { recursive: true });
    for (const name of ["a b/1.ts", "a b/c/2.ts", "a.ts"]) {
      writeFileSync(join(folder, name), "x".repeat(name.length));
      utimesSync(join(folder, name), 1e9, 1e9);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const key = (name: string): string => join(folder, name).slice(1);

  it("say how large a file is", async () => {
    assert.deepEqual(await headObject.run({ Bucket: "", Key: key("a.ts") }, context()), {
      ...{ AcceptRanges: "bytes", ContentLength: 4, Metadata: {} },
      ...{ ETag: '"ea416ed0759d46a8de58f63a59077499"', LastModified: "2001-09-09T01:46:40.000Z" },
    });
    assert.deepEqual(await failureOf(headObject.run({ Bucket: "", Key: key("b.ts") }, context())), [
      "S3.NoSuchKeyException",
      `The specified key does not exist. (/${key("b.ts")})`,
    ]);
  });

  it("list what begins with a prefix, in every folder below", async () => {
    const list = async (prefix: string): Promise<unknown[]> => {
      const page = (await listObjectsV2.run({ Bucket: "", Prefix: key(prefix) }, context())) as JsonObject;
      return ((page["Contents"] ?? []) as { Key: string; Size: number }[]).map(({ Key, Size }) => [Key, Size]);
    };
    const [one, two, three] = [
      [key("a b/1.ts"), 8],
      [key("a b/c/2.ts"), 10],
      [key("a.ts"), 4],
    ];
    assert.deepEqual(await list("a"), [one, two, three]);
    assert.deepEqual(await list("a b/"), [one, two]);
    assert.deepEqual(await list("a b/c/2"), [two]);
    assert.deepEqual(await list("nowhere/a"), []);
  });

  it("refuse a page that is too large for a task's result", async () => {
    const many = mkdtempSync(join(folder, "many"));
    const name = (index: number): string => `${String(index).padStart(4, "0")}${"x".repeat(180)}`;
    for (let index = 0; index < 1000; index++) writeFileSync(join(many, name(index)), "");
    const Prefix = `${many.slice(1)}/`;
    const [error, cause] = await failureOf(listObjectsV2.run({ Bucket: "", Prefix }, context()));
    assert.equal(error, "States.DataLimitExceeded");
    assert.match(
      cause!,
      /^The result of s3:listObjectsV2 has \d{6} bytes\. The result of a task can have at most 262144\.$/,
    );
    const page = (await listObjectsV2.run({ Bucket: "", Prefix, MaxKeys: 500 }, context())) as JsonObject;
    assert.deepEqual([page["KeyCount"], page["IsTruncated"]], [500, true]);
  });
});

describe("s3:headObject and s3:listObjectsV2 of a bucket", () => {
  const setEnvironment = useEnvironment();
  let s3: StrictS3;
  before(async () => (s3 = await startStrictS3({ videos: "us-east-1" })));
  after(() => s3.stop());
  beforeEach(() => {
    setEnvironment({
      ...{ AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_REGION: "us-east-1" },
      ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    });
  });

  it("answer as the service does", async () => {
    const { S3Client, PutObjectCommand } = await import("@aws-sdk/client-s3");
    const client = new S3Client({ endpoint: s3.endpoint, region: "us-east-1", forcePathStyle: true });
    for (const Key of ["hls/a.m3u8", "hls/b.ts"]) {
      await client.send(new PutObjectCommand({ Bucket: "videos", Key, Body: "12345" }));
    }
    client.destroy();
    const { LastModified, ...head } = (await headObject.run(
      { Bucket: "videos", Key: "hls/b.ts" },
      context(),
    )) as JsonObject;
    assert.ok(Date.parse(LastModified as string) > 0);
    assert.deepEqual(head, {
      ...{ AcceptRanges: "bytes", ContentLength: 5, ETag: '"827ccb0eea8a706c4c34a16891f84e7b"', Metadata: {} },
    });
    const page = (await listObjectsV2.run({ Bucket: "videos", Prefix: "hls/", MaxKeys: 1 }, context())) as JsonObject;
    assert.deepEqual(
      [page["KeyCount"], page["IsTruncated"], (page["Contents"] as JsonObject[]).map(({ Key, Size }) => [Key, Size])],
      [1, true, [["hls/a.m3u8", 5]]],
    );
    const args = { Bucket: "videos", Prefix: "hls/", ContinuationToken: page["NextContinuationToken"]! };
    const next = (await listObjectsV2.run(args, context())) as JsonObject;
    assert.deepEqual([next["KeyCount"], next["IsTruncated"]], [1, false]);
  });

  it("name what is missing", async () => {
    assert.equal(
      (await failureOf(headObject.run({ Bucket: "videos", Key: "hls/c.ts" }, context())))[0],
      "S3.NoSuchKeyException",
    );
    assert.equal(
      (await failureOf(listObjectsV2.run({ Bucket: "elsewhere", Prefix: "" }, context())))[0],
      "S3.NoSuchBucketException",
    );
  });
});
