import assert from "node:assert/strict";
import { Readable } from "node:stream";

import type { PlanSource } from "../../../contract/plan";
import type { Keyframe } from "../../../worker/features/keyframes";
import { judgeKeyframes } from "../../../worker/features/keyframes";

/** Keyframes every `seconds` that differ this much from those before them. */
function every(seconds: number, ...differences: number[]): Keyframe[] {
  return differences.map((difference, index) => ({ seconds: index * seconds, difference, score: difference }));
}

async function judge(keyframes: Keyframe[], durationSeconds: number) {
  const source = { durationSeconds, frameRate: [25, 1] } as PlanSource;
  const judgement = await judgeKeyframes(Readable.from(keyframes), source);
  assert.equal(judgement.keyframes, keyframes.length);
  return judgement.findings;
}

describe("judgeKeyframes", () => {
  it("finds nothing to examine while keyframes are similar", async () => {
    assert.deepEqual(await judge(every(2, 0, 0.1, 0.15, 0.05), 8), { changes: [], uncertain: [] });
  });

  it("finds the interval to examine before a keyframe that differs", async () => {
    assert.deepEqual(await judge(every(2, 0, 0.1, 0.5, 0.05), 8), {
      changes: [],
      uncertain: [{ from: 2, until: 4, atEnd: { seconds: 4, score: 0.5 } }],
    });
  });

  it("finds the change itself if every frame is a keyframe", async () => {
    assert.deepEqual(await judge(every(0.04, 0, 0.1, 0.5, 0.05), 0.16), {
      changes: [{ seconds: 0.08, score: 0.5 }],
      uncertain: [],
    });
  });

  it("returns undefined if keyframes are far apart, in the middle or at the end", async () => {
    assert.equal(await judge([...every(2, 0, 0), { seconds: 5, difference: 0, score: 0 }], 6), undefined);
    assert.equal(await judge(every(2, 0, 0), 5), undefined);
    assert.equal(await judge([], 5), undefined);
  });

  it("returns undefined if most keyframes differ", async () => {
    assert.equal(await judge(every(2, 0, 0.5, 0, 0.5), 8), undefined);
  });
});
