import assert from "node:assert/strict";

import type { Plan } from "../../../contract/plan";
import { chunkOf, chunksOf } from "../../../worker/plan/chunks";

/** The members that chunks are made of. */
const plan = {
  source: { timeBase: [1, 30_000], frameRate: [30_000, 1001] },
  timeline: { timescale: 30_000, origin: 150_000, offset: 300_000 },
  parts: [{ chunks: 1 }, { chunks: 3 }],
  boundaries: [150_000, 180_030, 210_060, 240_090, 270_120],
  frames: [30, 30, 30, 30],
} as unknown as Plan;

describe("chunks", () => {
  it("are counted through the parts and placed on the output's timeline", () => {
    assert.deepEqual(chunkOf(plan, 2, 1), {
      part: 2,
      index: 1,
      number: 2,
      sourceStart: 210_060,
      sourceEnd: 240_090,
      start: 360_060,
      end: 390_090,
      frames: 30,
    });
    assert.deepEqual(
      chunksOf(plan).map(({ part, index, number }) => [part, index, number]),
      [
        [1, 0, 0],
        [2, 0, 1],
        [2, 1, 2],
        [2, 2, 3],
      ],
    );
  });

  it("are refused outside the plan", () => {
    assert.throws(() => chunkOf(plan, 3, 0), {
      name: "InputError",
      message: "--part must be 1 to 2, the parts in the plan. Received 3.",
    });
    assert.throws(() => chunkOf(plan, 1, 1), {
      name: "InputError",
      message: "AWS_BATCH_JOB_ARRAY_INDEX must be below 1, the chunks of part 1. Received 1.",
    });
  });
});
