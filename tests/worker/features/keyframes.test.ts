import assert from "node:assert/strict";

import type { PlanSource } from "../../../contract/plan";
import type { Keyframe } from "../../../worker/features/keyframes";
import { judgeKeyframes } from "../../../worker/features/keyframes";

/** A keyframe every `seconds`, whose pictures differ from those before as told. */
function every(seconds: number, ...differences: number[]): Keyframe[] {
  return differences.map((difference, index) => ({ seconds: index * seconds, difference, score: difference }));
}

function judged(keyframes: Keyframe[], durationSeconds: number) {
  return judgeKeyframes(keyframes, { durationSeconds, frameRate: [25, 1] } as PlanSource);
}

describe("what keyframes tell of scenes", () => {
  it("is nothing to look at while they resemble each other", () => {
    assert.deepEqual(judged(every(2, 0, 0.1, 0.15, 0.05), 8), { changes: [], uncertain: [] });
  });

  it("is where to look closer when one of them differs", () => {
    assert.deepEqual(judged(every(2, 0, 0.1, 0.5, 0.05), 8), {
      changes: [],
      uncertain: [{ from: 2, until: 4, atEnd: { seconds: 4, score: 0.5 } }],
    });
  });

  it("is the change itself when every frame is one", () => {
    assert.deepEqual(judged(every(0.04, 0, 0.1, 0.5, 0.05), 0.16), {
      changes: [{ seconds: 0.08, score: 0.5 }],
      uncertain: [],
    });
  });

  it("is too little when they are far apart, in the middle or at the end", () => {
    assert.equal(judged([...every(2, 0, 0), { seconds: 5, difference: 0, score: 0 }], 6), undefined);
    assert.equal(judged(every(2, 0, 0), 5), undefined);
    assert.equal(judged([], 5), undefined);
  });

  it("is too little when most of them differ", () => {
    assert.equal(judged(every(2, 0, 0.5, 0, 0.5), 8), undefined);
  });
});
