import assert from "node:assert/strict";

import fc from "fast-check";

import type { JsonObject } from "../../../contract/asl";
import { type ListedObject, listPage } from "../../../runner/integrations/s3Listing";

const objects = (...keys: string[]): ListedObject[] =>
  keys.map((key) => ({ key, size: key.length, etag: '"e"', modified: "2026-11-29T00:00:00.000Z" }));
const keysOf = ({ Contents = [] }: JsonObject): string[] => (Contents as { Key: string }[]).map(({ Key }) => Key);

describe("a page of a bucket's objects", () => {
  it("has what a task's result has", () => {
    assert.deepEqual(
      listPage(objects("b", "a/1", "a/2", "a/b/3"), { Bucket: "videos", Prefix: "a/", Delimiter: "/" }),
      {
        ...{ Name: "videos", Prefix: "a/", Delimiter: "/", MaxKeys: 1000, KeyCount: 3, IsTruncated: false },
        Contents: ["a/1", "a/2"].map((Key) => ({
          ...{ Key, Size: 3, ETag: '"e"', LastModified: "2026-11-29T00:00:00.000Z", StorageClass: "STANDARD" },
        })),
        CommonPrefixes: [{ Prefix: "a/b/" }],
      },
    );
  });

  it("has no contents if it is empty", () => {
    const empty = { Name: "videos", Prefix: "x", MaxKeys: 1000, KeyCount: 0, IsTruncated: false };
    assert.deepEqual(listPage(objects("a"), { Bucket: "videos", Prefix: "x" }), empty);
    assert.deepEqual(listPage(objects("x"), { Bucket: "videos", Prefix: "x", MaxKeys: 0 }), { ...empty, MaxKeys: 0 });
  });

  it("has a thousand keys at most, sorted by their bytes", () => {
    const many = Array.from({ length: 1100 }, (_, index) => String(index).padStart(4, "0"));
    const page = listPage(objects(...many), { Bucket: "b", MaxKeys: 5000 });
    assert.deepEqual([keysOf(page), page["MaxKeys"], page["IsTruncated"]], [many.slice(0, 1000), 1000, true]);
    assert.deepEqual(keysOf(listPage(objects("\u{1F600}", "\uFF61", "Z", "a"), { Bucket: "b" })), [
      ...["Z", "a", "\uFF61", "\u{1F600}"],
    ]);
    assert.deepEqual(keysOf(listPage(objects("a", "b", "c"), { Bucket: "b", StartAfter: "a" })), ["b", "c"]);
  });

  it("refuses a negative number of keys", () => {
    assert.throws(() => listPage([], { Bucket: "b", MaxKeys: -1 }), {
      error: "S3.S3Exception",
      cause: "MaxKeys must not be negative. Received -1.",
    });
  });

  it("leads to every object once, whatever the size of the pages", () => {
    const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom("a", "b", "/", "é") }));
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 5 }), fc.boolean(), (all, MaxKeys, groups) => {
        const found: string[] = [];
        let token: string | undefined;
        do {
          const page = listPage(objects(...all), {
            ...{ Bucket: "b", MaxKeys, ...(groups ? { Delimiter: "/" } : {}) },
            ...(token === undefined ? {} : { ContinuationToken: token }),
          });
          const prefixes = (page["CommonPrefixes"] ?? []) as { Prefix: string }[];
          found.push(...keysOf(page), ...prefixes.map(({ Prefix }) => Prefix));
          assert.ok((page["KeyCount"] as number) <= MaxKeys);
          token = page["NextContinuationToken"] as string | undefined;
        } while (token !== undefined);
        const expected = groups ? new Set(all.map((key) => key.replace(/\/.*$/, "/"))) : new Set(all);
        assert.deepEqual(found.sort(), [...expected].sort());
      }),
    );
  });
});
