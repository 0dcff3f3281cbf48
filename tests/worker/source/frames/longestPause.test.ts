import assert from "node:assert/strict";

import fc from "fast-check";

import { LongestPause } from "../../../../worker/source/frames/longestPause";

function pauseOf(times: readonly number[], start: number, end: number) {
  const pauses = new LongestPause();
  times.forEach((time) => pauses.add(time));
  return pauses.between(start, end);
}

describe("LongestPause", () => {
  it("is from one packet to the next, whatever stream they are of and in whatever order they come", () => {
    // Pictures at the beginning and after an hour, and sound for half an hour.
    const sound = Array.from({ length: 1800 }, (_, second) => second + 0.5);
    assert.deepEqual(pauseOf([0, 3600, ...sound], 0, 3600.04), { from: 1799.5, seconds: 1800.5 });
  });

  it("is also after the last packet, and counts nothing outside of the video", () => {
    assert.deepEqual(pauseOf([-500, 10, 4000], 10, 3000), { from: 0, seconds: 2990 });
    assert.deepEqual(pauseOf([5], 5, 7205), { from: 0, seconds: 7200 });
  });

  it("is the longest of all that are longer than a minute", () => {
    const times = fc.array(fc.integer({ min: -1000, max: 100_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(times, (all) => {
        const sorted = [...new Set(all)].sort((a, b) => a - b);
        const [start, end] = [sorted[0]!, sorted.at(-1)! + 1];
        const longest = Math.max(...[...sorted.slice(1), end].map((time, index) => time - sorted[index]!));
        const { seconds } = pauseOf(all, start, end);
        assert.equal(longest > 60 ? seconds : Math.max(60, seconds), Math.max(60, longest));
      }),
    );
  });
});
