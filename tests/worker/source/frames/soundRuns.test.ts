import assert from "node:assert/strict";

import { SoundRuns } from "../../../../worker/source/frames/soundRuns";

describe("SoundRuns", () => {
  function extended(streams: readonly number[], ...packets: [stream: number, start: number, seconds?: number][]) {
    const runs = new SoundRuns();
    for (const [stream, start, seconds = 1] of packets) runs.add(stream, start, seconds);
    const { start, end } = runs.extend({ start: 100, end: 200 }, streams);
    return [start, end];
  }

  it("extends a time to the beginning and the end of sound that overlaps it", () => {
    assert.deepEqual(extended([1], [1, 95], [1, 96, 104], [1, 203]), [95, 204]);
    assert.deepEqual(extended([1], [1, 120], [1, 130]), [100, 200]);
    assert.deepEqual(extended([1]), [100, 200]);
  });

  it("goes on through pauses that silence may have, and no longer ones", () => {
    assert.deepEqual(extended([1], [1, 91], [1, 209], [1, 219]), [91, 220]);
    assert.deepEqual(extended([1], [1, 88], [1, 211]), [100, 200]);
  });

  it("ignores single packets with times that are far away", () => {
    assert.deepEqual(extended([1], [1, 95, 100], [1, 90_000], [1, 195, 9], [1, -90_000]), [95, 204]);
  });

  it("goes on through any pause to sound that lasts", () => {
    assert.deepEqual(extended([1], [1, 300, 0.75], [1, 300.75, 0.75]), [100, 301.5]);
    assert.deepEqual(extended([1], [1, 20, 0.75], [1, 20.75, 0.75]), [20, 200]);
    assert.deepEqual(extended([1], [1, 300, 0.4], [1, 300.4, 0.4]), [100, 200]);
    assert.deepEqual(extended([1], [1, 300, 0.6], [1, 300, 0.6], [1, 300, 0.6]), [100, 200]);
  });

  it("takes together what the wanted streams have, one after another too", () => {
    assert.deepEqual(extended([2, 1], [1, 199, 9], [2, 215, 9], [3, 220, 50]), [100, 224]);
    assert.deepEqual(extended([1, 2], [1, 93, 2], [2, 80, 8], [3, 60, 30]), [80, 200]);
  });
});
