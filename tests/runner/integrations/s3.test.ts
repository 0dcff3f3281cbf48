import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { getObject, listObjectsV2, putObject } from "../../../runner/integrations/s3";
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

describe("s3:putObject and s3:listObjectsV2", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "s3-test-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const put = (path: string, more: object = {}) =>
    putObject.run({ Bucket: "", Key: path.slice(1), Body: "done", Tagging: "a=b", ...more }, context());
  const list = (path: string) => listObjectsV2.run({ Bucket: "", Prefix: path.slice(1) }, context());

  it("write files, and list those of a folder", async () => {
    assert.deepEqual(await put(join(folder, "a/b c/one")), { ETag: '"6b2ded51d81a4403d8a4bd25fa1e57ee"' });
    await put(join(folder, "a/b c/two"));
    assert.equal(readFileSync(join(folder, "a/b c/one"), "utf8"), "done");
    const keys = ["one", "two"].map((name) => ({ Key: join(folder, "a/b c", name).slice(1) }));
    assert.deepEqual(await list(join(folder, "a/b c/")), { Contents: keys, KeyCount: 2, IsTruncated: false });
    assert.deepEqual(await list(join(folder, "a/b c/t")), { Contents: [keys[1]], KeyCount: 1, IsTruncated: false });
    assert.deepEqual(await list(join(folder, "nothing/")), { KeyCount: 0, IsTruncated: false });
  });

  it("say what is wrong as the service does", async () => {
    const unreadable = "Body must be a string that is not empty. Received 1.";
    assert.deepEqual(await failureOf(put(join(folder, "x"), { Body: 1 })), ["S3.S3Exception", unreadable]);
    await put(join(folder, "file"));
    assert.equal((await failureOf(put(join(folder, "file/below"))))[0], "S3.S3Exception");
  });
});
