import assert from "node:assert/strict";

import { HoleFinder } from "../../../../worker/source/frames/holes";

const TICKS = 1000;

/** A file with a picture of 1,000 bytes each 40 ms, in the order in which they are decoded: each third one comes first. */
function scan(
  count: number,
  { without = [] as number[], skipAt = -1, skipped = 4096, length = 40, format_name = "matroska,webm" } = {},
): HoleFinder {
  const finder = new HoleFinder({ format_name });
  let position = 0;
  for (let number = 0; number < count; number++) {
    const shown = number === 0 ? 0 : number + (number % 3 === 1 ? 2 : -1);
    if (number === skipAt) position += skipped;
    if (without.includes(shown)) continue;
    const packet = { kind: "video", stream: 0, dts: 40 * number, size: 1000, key: shown === 0, hidden: false };
    finder.add({ ...packet, pts: shown * 40, duration: length, position }, 0);
    position += 1000;
  }
  return finder;
}

const UNTIMED = {
  ...{ kind: "video", stream: 0, pts: NaN, dts: 30, duration: 40 },
  ...{ size: 1000, position: 99_000, key: false, hidden: false },
};

describe("a hole in a file", () => {
  const without = [4, 5, 6, 7];
  it("is where pictures are missing, and the demuxer skipped bytes and complains", () => {
    assert.deepEqual(scan(25, { without, skipAt: 9 }).finish(true, [], TICKS), [{ from: 160, to: 320 }]);
  });
  it("is no gap without bytes that were skipped, without a complaint, or without pictures that are missing", () => {
    assert.deepEqual(scan(25, { without }).finish(true, [], TICKS), []);
    assert.deepEqual(scan(25, { without, skipAt: 9 }).finish(false, [], TICKS), []);
    assert.deepEqual(scan(25, { skipAt: 9 }).finish(true, [], TICKS), []);
  });
  it("is where the usual time between pictures is exceeded, if the container doesn't say how long they are shown", () => {
    assert.deepEqual(scan(25, { without, skipAt: 9, length: 0 }).finish(true, [], TICKS), [{ from: 160, to: 320 }]);
  });
  it("needs fewer bytes in Flash video, which has no more than headers between packets", () => {
    const few = { without, skipAt: 9, skipped: 100 };
    assert.deepEqual(scan(25, { ...few, format_name: "flv" }).finish(true, [], TICKS), [{ from: 160, to: 320 }]);
    assert.deepEqual(scan(25, few).finish(true, [], TICKS), []);
  });
  it("is wherever a picture is missing in MXF, in which each unit has one, unless some have no time", () => {
    const finder = scan(25, { without: [4], format_name: "mxf" });
    assert.deepEqual(finder.finish(false, [], TICKS), [{ from: 160, to: 200 }]);
    const untimed = scan(25, { without: [4], format_name: "mxf" });
    untimed.add({ ...UNTIMED, stream: 1 }, 0);
    assert.deepEqual(untimed.finish(false, [], TICKS), [{ from: 160, to: 200 }], "another stream");
    untimed.add(UNTIMED, 0);
    assert.deepEqual(untimed.finish(false, [], TICKS), []);
  });
  it("is known with the pictures before it that may be made from what is missing", () => {
    const gapsOf = (...without: number[]) => {
      const finder = scan(25, { without });
      finder.finish(false, [], TICKS);
      return finder.gaps.map(({ from, to, earliest }) => [from, to, earliest]);
    };
    assert.deepEqual(gapsOf(6), [[240, 280, 160]]);
    assert.deepEqual(gapsOf(5), [[200, 240, undefined]], "nothing is made from this one");
    assert.deepEqual(gapsOf(6, 7, 8, 9), [[240, 400, 160]]);
  });
  it("is where packets are lost of a stream that is sent", () => {
    assert.deepEqual(scan(25, { without }).finish(false, [1000], TICKS), [{ from: 160, to: 320 }]);
    assert.deepEqual(scan(25, { without }).finish(false, [1400], TICKS), []);
  });
});
