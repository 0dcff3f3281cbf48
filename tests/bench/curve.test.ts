import assert from "node:assert/strict";

import { curveOf, RENDITIONS } from "../../bench/curve";
import type { JobTimes } from "../../bench/jobTimes";

const TIMES: JobTimes = {
  metadata: { fixed: 1, perSecond: 0.01 },
  features: { fixed: 1, perSecond: 0.01 },
  audio: { fixed: 1, perSecond: 0.01 },
  package: { fixed: 1, perSecond: 0.01 },
  transcode: Object.fromEntries(RENDITIONS.map(([name, height]) => [name, { fixed: 1, perSecond: height / 1000 }])),
};

describe("the benchmark's curve", () => {
  it("takes the total work on one vCPU, and the critical path on enough vCPUs", async () => {
    const { points, work, longestPath } = await curveOf(TIMES, [1, 1000]);
    const [one, many] = points as [(typeof points)[0], (typeof points)[0]];
    const total = Object.values(longestPath).reduce((sum, seconds) => sum + seconds, 0);
    assert.deepEqual(Object.keys(longestPath), [
      "metadata",
      "opening and one chunk of the slowest rendition",
      "packaging",
    ]);
    assert.ok(Math.abs(one.seconds - work) < 1, `${one.seconds} for ${work}`);
    assert.ok(Math.abs(many.seconds - total) < 1, `${many.seconds} for ${total}`);
    assert.ok(one.playable > many.playable && many.playable < 60, `${one.playable}, ${many.playable}`);
  });
});
