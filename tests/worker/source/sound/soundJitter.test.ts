import assert from "node:assert/strict";

import { SoundJitter } from "../../../../worker/source/sound/soundJitter";

const FRAME = 0.02;

/** The longest delay of frames that begin at these times instead of one behind the other. */
function delayOf(begin: (index: number) => number): number | undefined {
  const jitter = new SoundJitter();
  for (let index = 0; index < 300; index++) jitter.add(1, begin(index), FRAME);
  const delay = jitter.of(1);
  return delay && Number(delay.toFixed(3));
}

describe("frames of sound that come late", () => {
  const inTime = (index: number): number => index * FRAME;

  it("are known by the next ones, which overlap with them", () => {
    assert.equal(
      delayOf((index) => inTime(index) + (index % 4) * 0.015),
      0.045,
    );
    assert.equal(
      delayOf((index) => (index === 150 ? inTime(index) + 0.3 : inTime(index))),
      0.3,
    );
  });

  it("may come at once", () => {
    assert.equal(
      delayOf((index) => Math.ceil(inTime(index) / 0.1 - 1e-9) * 0.1),
      0.08,
    );
    assert.equal(
      delayOf((index) => (index > 100 && index < 250 ? inTime(250) : inTime(index))),
      2.98,
    );
  });

  it("are none where times are rounded, or the clocks differ", () => {
    assert.equal(delayOf(inTime), undefined);
    assert.equal(
      delayOf((index) => Math.floor(inTime(index) * 110) / 110),
      undefined,
    );
    assert.equal(
      delayOf((index) => inTime(index) * 1.01),
      undefined,
    );
    assert.equal(
      delayOf((index) => inTime(index) * 0.99),
      undefined,
    );
  });

  it("are none behind a pause, or where sound goes back by an overlap", () => {
    assert.equal(
      delayOf((index) => inTime(index) + (index < 150 ? 0 : 0.4)),
      undefined,
    );
    assert.equal(
      delayOf((index) => inTime(index) + (index < 150 ? 0.4 : 0)),
      undefined,
    );
    assert.equal(
      delayOf((index) => inTime(index) + (index < 100 || index > 200 ? 0 : 0.4)),
      undefined,
    );
  });

  it("are those of one stream", () => {
    const jitter = new SoundJitter();
    jitter.add(1, 0, FRAME);
    jitter.add(2, 0.5, FRAME);
    jitter.add(1, FRAME, FRAME);
    assert.deepEqual([jitter.of(1), jitter.of(2), jitter.of(3)], [undefined, undefined, undefined]);
  });
});
