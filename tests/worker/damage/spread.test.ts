import assert from "node:assert/strict";

import { type Spread, spreadOf, withSpread } from "../../../worker/damage/spread";

/** In decoding order: a keyframe, two groups of a picture with two before it, and another keyframe. */
const pictures = [0, 3, 1, 2, 6, 4, 5, 7].map((pts) => ({ pts, duration: 1, key: pts === 0 || pts === 7 }));
const spread = (pts: number, end = 10): Spread => spreadOf({ pictures, end }, { pts, duration: 1 });

describe("how far damage of a picture spreads", () => {
  it("is up to the next keyframe, and from the first picture on that is decoded later and shown earlier", () => {
    assert.deepEqual(spread(0), { from: 0, to: 7 });
    assert.deepEqual(spread(3), { from: 1, to: 7 });
    assert.deepEqual(spread(6), { from: 4, to: 7 });
  });
  it("is no further than the picture, if it is shown before some that are decoded earlier, or isn't listed", () => {
    assert.deepEqual(spread(1), { from: 1, to: 2 });
    assert.deepEqual(spread(5), { from: 5, to: 6 });
    assert.deepEqual(spread(99), { from: 99, to: 100 });
  });
  it("is up to the end where no keyframe follows", () => assert.deepEqual(spread(7), { from: 7, to: 10 }));
  it("is said with times that hold all of it, if it is further than what is damaged", () => {
    const damage = { fromSeconds: 1, toSeconds: 1.04, what: "1 picture can't be decoded" };
    assert.equal(withSpread(damage, { from: 1, to: 1.04 }), damage);
    const what = (to: number, from = 1): string => withSpread(damage, { from, to }).what;
    assert.equal(what(2.01), "1 picture can't be decoded, and pictures up to 0:02.1 may be wrong");
    assert.equal(what(2.01, 0.96), "1 picture can't be decoded, and pictures from 0:00.9 to 0:02.1 may be wrong");
    assert.equal(what(1.04, 0.96), "1 picture can't be decoded, and pictures from 0:00.9 to 0:01.1 may be wrong");
  });
});
