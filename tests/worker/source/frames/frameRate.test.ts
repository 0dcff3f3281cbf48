import assert from "node:assert/strict";

import { determineFrameRate } from "../../../../worker/source/frames/frameRate";

describe("determineFrameRate", () => {
  const cases: [
    name: string,
    stated: (string | undefined)[],
    intervals: number,
    seconds: number,
    expected: number[],
  ][] = [
    ["takes the header's rate if the frames agree", ["30000/1001"], 299, 9.976_633, [30_000, 1001]],
    ["takes the second stated rate if the first is wrong", ["60/1", "25/1"], 249, 9.96, [25, 1]],
    ["takes the measured average of a variable rate", ["1000/1", "90000/1"], 160, 10, [16_000, 1000]],
    ["allows for rounding in a short clip", ["25/1"], 99, 4, [25, 1]],
    ["takes the stated rate for a single frame", ["24/1"], 0, 0, [24, 1]],
    ["is 25 for a single frame without a stated rate", ["0/0", undefined], 0, 0, [25, 1]],
  ];
  for (const [name, stated, intervals, seconds, expected] of cases) {
    it(name, () => assert.deepEqual(determineFrameRate(stated, intervals, seconds), expected));
  }
});
