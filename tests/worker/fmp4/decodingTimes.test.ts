import assert from "node:assert/strict";

import fc from "fast-check";

import type { Sample } from "../../../worker/fmp4/readFragmented";
import { placePictures } from "../../../worker/fmp4/placePictures";
import { decodingTimes, openingTimes } from "../../../worker/fmp4/decodingTimes";

/** Shown times of a GOP in decoding order. No picture moves by more than two places, as in a B-pyramid. */
const gop = fc.record({
  gaps: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 }),
  kinds: fc.array(fc.constantFrom("P", "PB", "PBbb"), { minLength: 60, maxLength: 60 }),
});

function inDecodingOrder(times: readonly number[], kinds: readonly string[]): number[] {
  const order: number[] = [times[0] as number];
  let at = 1;
  for (const kind of kinds) {
    const group = times.slice(at, at + kind.length);
    if (group.length < kind.length) break;
    const [a, b, c, d] = group as [number, number, number, number];
    order.push(...(kind === "P" ? [a] : kind === "PB" ? [b, a] : [d, b, a, c]));
    at += kind.length;
  }
  order.push(...times.slice(at));
  return order;
}

function shownTimes(start: number, gaps: readonly number[]): number[] {
  let time = start;
  return gaps.map((gap) => (time += gap) - gap);
}

describe("decodingTimes", () => {
  it("increase, are never after the shown time, and join from GOP to GOP", () => {
    fc.assert(
      fc.property(gop, fc.integer({ min: 2, max: 4000 }), ({ gaps, kinds }, delay) => {
        const shown = inDecodingOrder(shownTimes(100_000, gaps), kinds);
        const times = decodingTimes(shown, delay);
        const end = 100_000 + gaps.reduce((sum, gap) => sum + gap, 0);
        assert.equal(times[0], 100_000 - delay);
        times.forEach((time, index) => {
          assert.ok(time <= (shown[index] as number));
          assert.ok(time < (times[index + 1] ?? end - delay));
        });
      }),
    );
  });

  it("are a frame apart at a constant rate", () => {
    assert.deepEqual(decodingTimes([1000, 1400, 1200, 1100, 1300], 200), [800, 900, 1000, 1100, 1200]);
  });

  it("are early enough before a picture that follows a long pause", () => {
    // The pictures of 9000 and later are decoded before the picture of 1100 is shown.
    assert.deepEqual(decodingTimes([1000, 9200, 9000, 1100, 9100], 200), [800, 900, 1099, 1100, 9000]);
  });
});

describe("openingTimes", () => {
  it("increase from the first shown time, are never after the shown time, and join the next GOP", () => {
    fc.assert(
      fc.property(gop, fc.integer({ min: 2, max: 4000 }), ({ gaps, kinds }, delay) => {
        const shown = inDecodingOrder(shownTimes(100_000, gaps), kinds);
        const end = 100_000 + gaps.reduce((sum, gap) => sum + gap, 0);
        const times = openingTimes(shown, end, delay);
        assert.ok(times[0] === 100_000 || times[0] === 100_000 - delay);
        times.forEach((time, index) => {
          assert.ok(time <= (shown[index] as number));
          assert.ok(time < (times[index + 1] ?? end - delay));
        });
      }),
    );
  });

  it("catch up within the first frame", () => {
    assert.deepEqual(openingTimes([1000, 1400, 1200, 1100, 1300], 1500, 200), [1000, 1033, 1066, 1100, 1200]);
  });

  it("are like any other GOP's if a frame has too few ticks", () => {
    assert.deepEqual(openingTimes([10, 14, 12, 11, 13], 15, 2), [8, 9, 10, 11, 12]);
  });

  it("are like any other GOP's if there are too few pictures", () => {
    assert.deepEqual(openingTimes([1000], 1100, 200), [800]);
  });
});

describe("placePictures", () => {
  const sample = (pts: number, sync: boolean): Sample => ({ pts, sync, duration: 0, data: Buffer.alloc(1) });
  async function* gops(...all: Sample[][]): AsyncGenerator<Sample[]> {
    for (const one of all) yield await Promise.resolve(one);
  }

  it("moves the first picture to the start and ends the last at the end", async () => {
    const placed = [];
    const source = gops([sample(77, true), sample(97, false), sample(87, false)], [sample(107, true)]);
    for await (const one of placePictures(source, { start: 1000, end: 1050, lead: 0, delay: 20, opening: false }))
      placed.push(one);
    assert.deepEqual(
      placed.map((one) => one.map(({ dts, pts, duration }) => [dts, pts, duration])),
      [
        [
          [980, 1000, 10],
          [990, 1020, 10],
          [1000, 1010, 10],
        ],
        [[1010, 1030, 20]],
      ],
    );
  });

  it("begins a track with its first picture, in the first GOP only", async () => {
    const placed = [];
    const source = gops(
      [sample(0, true), sample(30, false), sample(10, false), sample(20, false)],
      [sample(40, true), sample(60, false), sample(50, false)],
    );
    const span = { start: 1000, end: 1070, lead: 0, delay: 20, opening: true };
    for await (const one of placePictures(source, span)) placed.push(one.map(({ dts, duration }) => [dts, duration]));
    assert.deepEqual(placed, [
      [
        [1000, 3],
        [1003, 3],
        [1006, 4],
        [1010, 10],
      ],
      [
        [1020, 10],
        [1030, 10],
        [1040, 10],
      ],
    ]);
  });

  it("moves a first picture that is held to the start alone, and decodes it there", async () => {
    const placed = [];
    const source = gops([sample(77, true), sample(97, false), sample(87, false)], [sample(107, true)]);
    const span = { start: 1000, end: 1550, lead: 500, delay: 20, opening: true };
    for await (const one of placePictures(source, span))
      placed.push(one.map(({ dts, pts, duration }) => [dts, pts, duration]));
    assert.deepEqual(placed, [
      [
        [1000, 1000, 490],
        [1490, 1520, 10],
        [1500, 1510, 10],
      ],
      [[1510, 1530, 20]],
    ]);
  });

  it("refuses a GOP that doesn't begin with a keyframe", async () => {
    const placed = placePictures(gops([sample(0, false)]), { start: 0, end: 1, lead: 0, delay: 2, opening: true });
    await assert.rejects(placed.next(), { message: "A GOP of the encoder doesn't begin with a keyframe." });
  });
});
