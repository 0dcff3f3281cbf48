import assert from "node:assert/strict";

import type { ProbeStream } from "../../../../worker/source/ffprobe/output";
import { describeFields, isInterlaced } from "../../../../worker/source/picture/isInterlaced";

const video = (members: Partial<ProbeStream>): ProbeStream => ({
  ...{ index: 0, time_base: "1/1000", codec_type: "video", codec_name: "h264", width: 640, height: 360 },
  ...members,
});

describe("isInterlaced", () => {
  const cases: [what: string, order: string | undefined, frames: number[], expected: boolean][] = [
    ["is true by the field order", "tt", [], true],
    ["is true if fields are stored in another order than they are shown", "tb", [0], true],
    ["is false for progressive pictures", "progressive", [0, 0], false],
    ["is true by the pictures, whatever the header states", "progressive", [0, 1], true],
    ["is false when nothing states it", undefined, [], false],
  ];
  for (const [what, order, frames, expected] of cases) {
    it(what, () => {
      const sound = { stream_index: 1, interlaced_frame: 1 };
      const pictures = frames.map((interlaced_frame) => ({ stream_index: 0, interlaced_frame }));
      const probed = { format: { format_name: "x" }, streams: [], frames: [sound, ...pictures] };
      assert.equal(isInterlaced(probed, video({ field_order: order })), expected);
    });
  }
});

describe("describeFields", () => {
  const described = (frames: number[], order?: string) => {
    const marked = frames.map((interlaced_frame) => ({ stream_index: 0, interlaced_frame }));
    const probed = { format: { format_name: "x" }, streams: [], frames: marked };
    return describeFields(probed, video({ field_order: order }));
  };

  it("says whether some of the pictures are marked otherwise", () => {
    assert.deepEqual(described([0, 0]), {});
    assert.deepEqual(described([1, 1], "tt"), { interlaced: true });
    assert.deepEqual(described([0, 0], "tt"), { interlaced: true });
    assert.deepEqual(described([0, 1, 0]), { interlaced: true, mixed: true });
  });
});
