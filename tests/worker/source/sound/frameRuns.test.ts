import assert from "node:assert/strict";

import { assertFew } from "../../../../worker/source/sound/correctedFrames";
import { correctTimes, type TimedFrame } from "../../../../worker/source/sound/frameRuns";

describe("the times of frames of sound", () => {
  /** Frames with the time that a file states, or none, and that ffmpeg makes of it. */
  const frames = (...all: [stated: number | undefined, given: number, length: number][]): TimedFrame[] =>
    all.map(([stated = NaN, given, length]) => ({ stated, given, length }));

  it("stay where ffmpeg is right", () => {
    assert.deepEqual(correctTimes(frames([1, 1, 0.5], [undefined, 1.5, 0.5], [2, 2, 0.5])), []);
  });

  it("lead up to the next that is stated where their length changes, across a pause", () => {
    assert.deepEqual(
      correctTimes(frames([1, 1, 0.5], [undefined, 1.5, 0.25], [undefined, 2, 0.25], [2.25, 2.25, 0.25])),
      [{ from: 1, count: 3, begin: 1.75, length: 0.25 }],
    );
  });

  it("lead up to it across an overlap too", () => {
    assert.deepEqual(correctTimes(frames([1, 1, 0.25], [undefined, 1.25, 0.5], [1.625, 1.625, 0.5])), [
      { from: 1, count: 2, begin: 1.125, length: 0.5 },
    ]);
  });

  it("lead up to it behind a change at a time that a muxer has moved because it lets none fall", () => {
    assert.deepEqual(correctTimes(frames([1, 1, 0.25], [1.001, 1.001, 0.5], [1.25, 1.25, 0.5])), [
      { from: 1, count: 2, begin: 0.75, length: 0.5 },
    ]);
  });

  it("follow the frame before where none is stated later", () => {
    assert.deepEqual(correctTimes(frames([1, 1, 0.5], [undefined, 1.5, 0.25], [undefined, 2, 0.25])), [
      { from: 1, count: 2, begin: 1.5, length: 0.25 },
    ]);
  });

  it("are those of the first that is stated where none is before", () => {
    assert.deepEqual(correctTimes(frames([undefined, 0.25, 0.5], [undefined, 0.5, 0.5], [1, 1, 0.5])), [
      { from: 0, count: 3, begin: 0, length: 0.5 },
    ]);
  });

  it("are refused where they change too often for an argument", () => {
    const runs = (count: number) => Array.from({ length: count }, () => ({ from: 0, count: 1, begin: 0, length: 1 }));
    assertFew('"a.ts"', runs(1000));
    assert.throws(() => assertFew('"a.ts"', runs(1001)), {
      name: "InputError",
      message:
        '"a.ts" has sound whose sample rate changes so often that more than 1,000 stretches of it have no times of their own; convert its sound to one sample rate.',
    });
  });
});
