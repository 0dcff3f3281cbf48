import assert from "node:assert/strict";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { getObject } from "../../../runner/integrations/s3";
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
