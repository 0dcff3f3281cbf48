import assert from "node:assert/strict";

import { SoundGaps } from "../../../../worker/source/frames/soundGaps";

/** Sound in 20 ms, of which that from `from` to `to` is missing. */
function withGap(from: number, to: number): SoundGaps {
  const gaps = new SoundGaps();
  for (let pts = 0; pts < 10_000; pts += 20) {
    if (pts >= from && pts < to) continue;
    const packet = { kind: "audio", stream: 1, pts, dts: pts, duration: 20, size: 9, position: pts / 20 };
    gaps.add({ ...packet, key: true, hidden: false }, 0.001);
  }
  return gaps;
}

const explained = (gaps: SoundGaps, stream: number, ...seconds: number[]) =>
  gaps.explainedBy(new Map([[stream, seconds]]), []);

describe("a gap in sound", () => {
  const gap = { stream: 1, from: 4, to: 5, before: 199, after: 250 };

  it("is a hole near a packet of its stream that lacks a part, or near bytes of no packet", () => {
    assert.deepEqual(explained(withGap(4000, 5000), 1, 5.9), [gap]);
    assert.deepEqual(withGap(4000, 5000).explainedBy(new Map(), [3.1]), [gap]);
  });

  it("is none without a reason, for one of another stream or far away, or if it is short", () => {
    assert.deepEqual(withGap(4000, 5000).explainedBy(new Map(), []), []);
    assert.deepEqual(explained(withGap(4000, 5000), 2, 5), []);
    assert.deepEqual(explained(withGap(4000, 5000), 1, 6.1), []);
    assert.deepEqual(explained(withGap(4000, 4240), 1, 4), []);
  });

  it("is listed with its place in the file, whatever the reason, if a frame or more is missing", () => {
    assert.deepEqual(withGap(4000, 4120).of([1]), [{ stream: 1, from: 4, to: 4.12, before: 199, after: 206 }]);
    assert.equal(withGap(4000, 4020).of([1]).length, 1);
    assert.deepEqual(withGap(4000, 4120).of([2]), []);
    assert.deepEqual(withGap(4000, 4000).of([1]), []);
  });
});
