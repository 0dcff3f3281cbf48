import assert from "node:assert/strict";

import { readLadder } from "../../../worker/plan/ladder";
import { LADDER } from "../workerProcess";

describe("readLadder", () => {
  const cases: [environment: NodeJS.ProcessEnv, message: string][] = [
    [{}, "The environment variable VIDEO_BATCH_LADDER must hold the ladder as JSON. It isn't set."],
    [{ VIDEO_BATCH_LADDER: "{" }, "VIDEO_BATCH_LADDER must hold the ladder as JSON. Received {."],
    [
      { VIDEO_BATCH_LADDER: '{"renditions":[],"parts":[{}],"audio":{}}' },
      "VIDEO_BATCH_LADDER lacks chunkSeconds, segmentSeconds, gopSeconds.",
    ],
    [
      { VIDEO_BATCH_LADDER: JSON.stringify({ ...LADDER, renditions: [{ name: "../x", height: 1 }] }) },
      'A rendition\'s name must be letters, digits, - and _, and not "audio" or "audio-2". Received "../x".',
    ],
  ];
  for (const [environment, message] of cases) {
    it(message, () => assert.throws(() => readLadder(environment), { name: "InputError", message }));
  }
  it("reads what the component wrote", () => {
    assert.deepEqual(readLadder({ VIDEO_BATCH_LADDER: JSON.stringify(LADDER) }), LADDER);
  });
});
