import assert from "node:assert/strict";

import fc from "fast-check";

import { PeakDensity } from "../../../../worker/source/frames/peakDensity";

function densest(span: number, times: readonly number[]): number {
  const density = new PeakDensity(span);
  for (const time of times) density.add(time);
  return density.finish();
}

describe("PeakDensity", () => {
  it("counts pictures at a constant rate, also if the span is not a whole number of them", () => {
    const times = Array.from({ length: 100 }, (_, index) => index * 1001);
    assert.equal(densest(60_000, times), 60);
    assert.equal(densest(59_999.5, times), 60);
    assert.equal(densest(10_010, times), 10);
  });

  it("is 0 without pictures", () => assert.equal(densest(10, []), 0));

  it("finds the densest span wherever it begins, although pictures come in decoding order", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 16 }), (apart, span, group) => {
        const shown = apart.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? 0) + step], []);
        // The last picture of every group is decoded first.
        const decoded = Array.from({ length: Math.ceil(shown.length / group) }, (_, index) => {
          const some = shown.slice(index * group, (index + 1) * group);
          return [...some.slice(-1), ...some.slice(0, -1)];
        }).flat();
        const counts = shown.map((from) => shown.filter((time) => time >= from && time < from + span).length);
        assert.equal(densest(span, decoded), Math.max(...counts));
      }),
    );
  });
});
