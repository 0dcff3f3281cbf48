import assert from "node:assert/strict";

import fc from "fast-check";

import { baseName, joinUri, parseUri, quote } from "../../../worker/storage/uri";

describe("URIs", () => {
  it("contain any key and path unchanged", () => {
    const key = fc.string({ unit: "binary", minLength: 0, maxLength: 30 });
    fc.assert(
      fc.property(key, (raw) => {
        assert.deepEqual(parseUri(`s3://bucket/${raw}`), { scheme: "s3", bucket: "bucket", key: raw });
        assert.deepEqual(parseUri(`file:///${raw}`), { scheme: "file", bucket: "", key: raw });
      }),
    );
  });

  it("are joined with one slash", () => {
    assert.equal(joinUri("s3://b/p", "plan.json"), "s3://b/p/plan.json");
    assert.equal(joinUri("s3://b/p/", "plan.json"), "s3://b/p/plan.json");
    assert.equal(joinUri("s3://b", "plan.json"), "s3://b/plan.json");
  });

  it("have a name that fits on one line", () => {
    assert.equal(quote(baseName('file:///a/it\'s\n100% "#1".mp4')), '"it\'s?100% "#1".mp4"');
    assert.equal(baseName("s3://bucket/"), "bucket");
  });

  const wrong: [uri: string, message: string][] = [
    ["clip.mp4", '"clip.mp4" must be a URI such as s3://bucket/key or file:///absolute/path.'],
    ["https://x/y", '"https://x/y" must be a URI such as s3://bucket/key or file:///absolute/path.'],
    ["file://clip.mp4", '"file://clip.mp4" must have three slashes, as in file:///absolute/path.'],
    ["s3:///key", '"s3:///key" must name a bucket, as in s3://bucket/key.'],
  ];
  for (const [uri, message] of wrong) {
    it(message, () => assert.throws(() => parseUri(uri), { name: "InputError", message }));
  }
});
