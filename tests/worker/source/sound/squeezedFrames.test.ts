import assert from "node:assert/strict";

import { type Squeeze, SqueezedFrames } from "../../../../worker/source/sound/squeezedFrames";

const LENGTH = 0.02;

/** What is found first among frames at some distances. */
function find(...distances: readonly [count: number, distance: number][]): Squeeze | undefined {
  const frames = new SqueezedFrames();
  let [seconds, found]: [number, Squeeze | undefined] = [0, undefined];
  for (const [count, distance] of distances) {
    for (let frame = 0; frame < count; frame++) {
      found ??= frames.add(seconds, LENGTH);
      seconds += distance;
    }
  }
  return found && { from: Number(found.from.toFixed(3)), lacking: Number(found.lacking.toFixed(3)) };
}

describe("frames of sound that begin at the same time", () => {
  it("are found where nothing before leaves room for them", () => {
    assert.deepEqual(find([100, 0.02], [10, 0.0001], [20, 0.02]), { from: 2, lacking: 0.199 });
  });

  it("are none if a recorder hurries after a pause, or if they are few", () => {
    assert.equal(find([100, 0.02], [1, 0.22], [10, 0], [20, 0.02]), undefined);
    assert.equal(find([100, 0.02], [4, 0.001], [20, 0.02]), undefined);
    assert.equal(find([100, 0.02], [100, 0.018], [20, 0.02]), undefined);
  });

  it("aren't explained by a pause long before", () => {
    assert.equal(find([100, 0.02], [1, 0.5], [300, 0.02], [10, 0], [20, 0.02]), undefined);
    assert.deepEqual(find([100, 0.02], [1, 0.5], [600, 0.02], [10, 0], [20, 0.02]), { from: 14.5, lacking: 0.2 });
  });
});
