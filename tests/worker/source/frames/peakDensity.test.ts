import assert from "node:assert/strict";

import fc from "fast-check";

import { Density } from "../../../../worker/source/frames/peakDensity";

function densest(span: number, times: readonly number[]): number {
  const density = new Density(span);
  for (const time of times) density.add(time);
  return density.finish();
}

describe("the most pictures within a span of time", () => {
  it("is what a constant rate makes of it, also when the span is no whole number of them", () => {
    const times = Array.from({ length: 100 }, (_, index) => index * 1001);
    assert.equal(densest(60_000, times), 60);
    assert.equal(densest(59_999.5, times), 60);
    assert.equal(densest(10_010, times), 10);
  });

  it("is nothing without pictures", () => assert.equal(densest(10, []), 0));

  it("is found wherever it begins, although pictures come in the order of decoding", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 16 }), (apart, span, group) => {
        const shown = apart.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? 0) + step], []);
        // Of every group the last picture is decoded first.
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
