import assert from "node:assert/strict";

import { assertCompatibleBaseLayer } from "../../../../worker/source/refusals/dolbyVision";
import type { ProbeStream } from "../../../../worker/source/ffprobe/output";

const inDolbyVision = (dv_profile: number, dv_bl_signal_compatibility_id: number): ProbeStream => ({
  ...{ index: 0, time_base: "1/1000", codec_type: "video", codec_name: "hevc" },
  side_data_list: [
    { side_data_type: "DOVI configuration record", dv_profile, dv_level: 1, dv_bl_signal_compatibility_id },
  ],
});

describe("assertCompatibleBaseLayer", () => {
  for (const profile of [5, 8, 10, 20]) {
    it(`refuses profile ${profile} without a compatible base layer`, () => {
      assert.throws(() => assertCompatibleBaseLayer('"a.mp4"', inDolbyVision(profile, 0)), {
        name: "InputError",
        message: `"a.mp4" is in Dolby Vision profile ${profile}, which has no base layer that plays without Dolby Vision; export it in HDR10, HLG or Dolby Vision profile 8.1 or 8.4.`,
      });
    });
  }

  const accepted = [
    ...[
      [4, 0],
      [4, 2],
      [7, 0],
      [7, 6],
      [8, 1],
      [8, 2],
      [8, 4],
      [9, 2],
      [10, 1],
      [10, 4],
    ],
  ] as [profile: number, compatibility: number][];
  for (const [profile, compatibility] of accepted) {
    it(`accepts profile ${profile} with the base layer ${compatibility}`, () =>
      assertCompatibleBaseLayer("it", inDolbyVision(profile, compatibility)));
  }

  it("accepts a video without Dolby Vision", () =>
    assertCompatibleBaseLayer("it", { index: 0, time_base: "1/1000", codec_name: "hevc" }));
});
