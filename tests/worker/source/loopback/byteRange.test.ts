import assert from "node:assert/strict";

import { parseByteRange } from "../../../../worker/source/loopback/byteRange";

describe("parseByteRange", () => {
  const cases: [header: string | undefined, expected: ReturnType<typeof parseByteRange>][] = [
    [undefined, "everything"],
    ["bytes=0-", { start: 0, end: 100 }],
    ["bytes=40-", { start: 40, end: 100 }],
    ["bytes=40-40", { start: 40, end: 41 }],
    ["bytes=40-99", { start: 40, end: 100 }],
    ["bytes=40-1000", { start: 40, end: 100 }],
    ["bytes=-1", { start: 99, end: 100 }],
    ["bytes=-1000", { start: 0, end: 100 }],
    ["bytes=-0", "nothing"],
    ["bytes=100-", "nothing"],
    ["bytes=100-200", "nothing"],
    // What HTTP calls invalid, or lets a server ignore.
    ["bytes=50-40", "everything"],
    ["bytes=-", "everything"],
    ["bytes=0-1,5-6", "everything"],
    ["pages=1-2", "everything"],
  ];
  for (const [header, expected] of cases) {
    it(header ?? "no header", () => assert.deepEqual(parseByteRange(header, 100), expected));
  }

  it("finds nothing in an empty object", () => {
    for (const header of ["bytes=0-", "bytes=-5"]) assert.equal(parseByteRange(header, 0), "nothing");
    assert.equal(parseByteRange(undefined, 0), "everything");
  });
});
