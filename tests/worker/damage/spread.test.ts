import assert from "node:assert/strict";

import { spreadOf, withSpread } from "../../../worker/damage/spread";

/** In decoding order: a keyframe, two groups of a picture with two before it, and another keyframe. */
const pictures = [0, 3, 1, 2, 6, 4, 5, 7].map((pts) => ({ pts, duration: 1, key: pts === 0 || pts === 7 }));
const spread = (pts: number, end = 10): number => spreadOf({ pictures, end }, { pts, duration: 1 });

describe("how far damage of a picture spreads", () => {
  it("is up to the next keyframe", () => {
    assert.equal(spread(0), 7);
    assert.equal(spread(3), 7);
  });
  it("is no further than the picture, if it is shown before some that are decoded earlier, or isn't listed", () => {
    assert.equal(spread(1), 2);
    assert.equal(spread(5), 6);
    assert.equal(spread(99), 100);
  });
  it("is up to the end where no keyframe follows", () => assert.equal(spread(7), 10));
  it("is said with a time that isn't earlier, if it is further than what is damaged", () => {
    const damage = { fromSeconds: 1, toSeconds: 1.04, what: "1 picture can't be decoded" };
    assert.equal(withSpread(damage, 1.04), damage);
    assert.deepEqual(withSpread(damage, 2.01), {
      ...damage,
      what: "1 picture can't be decoded, and pictures up to 0:02.1 may be wrong",
    });
  });
});
