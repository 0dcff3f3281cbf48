import assert from "node:assert/strict";

import { EvenTimes } from "../../../../worker/source/frames/evenTimes";

/** Pictures that are 40 ticks apart, of which some have a time: by their numbers in the file, the places in which they are shown. */
function finish(total: number, timed: Record<number, number>) {
  const even = new EvenTimes();
  for (let number = 0; number < total; number++) {
    const pts = (timed[number] ?? NaN) * 40;
    even.add({ pts, dts: NaN, duration: 40, key: number % 50 === 0, hidden: false });
  }
  return even.finish();
}

describe("pictures of which only some have a time", () => {
  it("are as far apart as one takes, however many have none at the end", () => {
    const found = finish(100, { 0: 0, 50: 52 });
    assert.deepEqual(found?.times, { every: 40 });
    assert.deepEqual([found?.total, found?.last, found?.end], [100, 99 * 40, 100 * 40]);
  });

  for (const [what, total, timed] of [
    ["some are missing before a time", 100, { 0: 0, 50: 70 }],
    ["some are missing at the end", 55, { 0: 0, 50: 60 }],
    ["there are more than times have room for", 100, { 0: 0, 50: 30 }],
    ["a time is between two pictures", 100, { 0: 0, 50: 50.5 }],
    ["the first has none", 100, { 50: 50 }],
  ] as const) {
    it(`can't be placed where ${what}`, () => assert.equal(finish(total, timed), undefined));
  }
});
