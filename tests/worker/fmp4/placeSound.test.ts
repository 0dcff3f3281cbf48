import assert from "node:assert/strict";

import type { SoundPlacement } from "../../../worker/fmp4/placeSound";
import { placeSound } from "../../../worker/fmp4/placeSound";
import type { Sample } from "../../../worker/fmp4/readFragmented";

/** The placed frames of each fragment: the number of the encoded frame and its time. */
async function place(count: number, placement: SoundPlacement): Promise<number[][][]> {
  async function* encoded(): AsyncGenerator<Sample[]> {
    for (let number = 0; number < count; number++) {
      yield await Promise.resolve([{ pts: 77, duration: 1, sync: false, data: Buffer.from([number]) }]);
    }
  }
  const fragments: number[][][] = [];
  for await (const fragment of placeSound(encoded(), placement)) {
    for (const { pts, dts, duration, sync } of fragment) {
      assert.deepEqual([dts, duration, sync], [pts, placement.frameTicks, true]);
    }
    fragments.push(fragment.map(({ data, pts }) => [data[0]!, pts]));
  }
  return fragments;
}

describe("placeSound", () => {
  it("leaves out the priming and puts the next frame at the start", async () => {
    const placement = { start: 1000, segmentTicks: 100, frameTicks: 10 };
    assert.deepEqual(await place(3, { ...placement, primingFrames: 0 }), [
      [
        [0, 1000],
        [1, 1010],
        [2, 1020],
      ],
    ]);
    assert.deepEqual(await place(3, { ...placement, primingFrames: 2 }), [[[2, 1000]]]);
  });

  it("puts a frame into the segment in which it begins", async () => {
    const placement = { start: 0, segmentTicks: 15, frameTicks: 10, primingFrames: 1 };
    assert.deepEqual(await place(6, placement), [
      [
        [1, 0],
        [2, 10],
      ],
      [[3, 20]],
      [
        [4, 30],
        [5, 40],
      ],
    ]);
  });

  it("yields nothing if there is only priming", async () => {
    assert.deepEqual(await place(1, { start: 0, segmentTicks: 15, frameTicks: 10, primingFrames: 1 }), []);
  });
});
