import assert from "node:assert/strict";

import type { Plan } from "../../../contract/plan";
import { decodingDelay } from "../../../worker/video/decodingDelay";

describe("decodingDelay", () => {
  const plan = {
    source: { frameRate: [30_000, 1001] },
    timeline: { timescale: 30_000, origin: 0, offset: 300_000 },
  } as unknown as Plan;

  it("is two nominal frames if the encoder reorders pictures", () => {
    assert.equal(decodingDelay(plan, {}), 2002);
    assert.equal(decodingDelay(plan, { codec: "hevc" }), 2002);
  });

  it("is 0 if pictures are shown in the order of decoding", () => {
    assert.equal(decodingDelay(plan, { codec: "av1" }), 0);
    assert.equal(decodingDelay(plan, { codec: "vp9" }), 0);
  });

  it("is at least two ticks, and at most the timeline's offset", () => {
    const coarse = { ...plan, timeline: { ...plan.timeline, timescale: 20 } };
    assert.equal(decodingDelay(coarse, {}), 2);
    assert.equal(decodingDelay({ ...plan, timeline: { ...plan.timeline, offset: 1000 } }, {}), 1000);
  });
});
