import assert from "node:assert/strict";

import { joinAdjacent, secondsInto, unionOf } from "../../../worker/damage/stretches";

describe("damaged stretches", () => {
  it("join what follows one another, in any order", () => {
    const one = (pts: number, duration = 40) => ({ pts, duration });
    assert.deepEqual(joinAdjacent([one(80), one(0), one(200), one(41), one(121)]), [
      { pts: 0, duration: 161, count: 4 },
      { pts: 200, duration: 40, count: 1 },
    ]);
    assert.deepEqual(joinAdjacent([one(0), one(43)], 5), [{ pts: 0, duration: 83, count: 2 }]);
    assert.deepEqual(joinAdjacent([]), []);
  });

  it("of several jobs count once, and come in order", () => {
    const [late, early, other] = [
      { fromSeconds: 3, toSeconds: 4, what: "a" },
      { fromSeconds: 1, toSeconds: 2, what: "a" },
      { fromSeconds: 1, toSeconds: 2, what: "b" },
    ];
    assert.deepEqual(unionOf([late, early, { ...late }, other]), [early, other, late]);
  });

  it("are in seconds of the video", () => {
    const plan = { source: { timeBase: [1, 90_000] }, timeline: { timescale: 90_000, origin: 126_000, offset: 0 } };
    assert.equal(secondsInto(plan as never, 126_000 + 3003), 0.033);
  });
});
