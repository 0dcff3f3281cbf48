import assert from "node:assert/strict";

import { assertAcceptableLength } from "../../../../worker/source/refusals/length";

const NONE = { from: 0, seconds: 0 };

describe("assertAcceptableLength", () => {
  it("accepts a day, and what a recorder adds to it", () => {
    assertAcceptableLength('"day.mp4"', { seconds: 86_400.04, pause: NONE }, {});
    assert.throws(() => assertAcceptableLength('"day.mp4"', { seconds: 86_401, pause: NONE }, {}), {
      message:
        '"day.mp4" lasts 86,401 seconds, and maxDurationSeconds accepts at most 86,400; raise it, or cut the video into shorter ones.',
    });
    assertAcceptableLength('"week.mp4"', { seconds: 604_800, pause: NONE }, { maxDurationSeconds: 604_800 });
  });

  it("accepts an hour without anything new", () => {
    assertAcceptableLength('"idle.mp4"', { seconds: 7200, pause: { from: 10, seconds: 3600 } }, {});
    assert.throws(
      () => assertAcceptableLength('"idle.mp4"', { seconds: 1e9, pause: { from: 10.5, seconds: 3601.5 } }, {}),
      {
        message:
          '"idle.mp4" has neither a picture nor sound for 3,601 seconds, from second 10 on, and at most 3,600 are accepted; repair its timestamps, or cut the pause out.',
      },
      "the pause is named rather than the length that comes from it",
    );
  });
});
