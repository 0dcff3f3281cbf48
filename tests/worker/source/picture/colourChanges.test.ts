import assert from "node:assert/strict";

import type { ColourChange } from "../../../../contract/plan";
import { ColourChanges, type PictureColour } from "../../../../worker/source/picture/colourChanges";

const video = { index: 0, time_base: "1/1000", width: 720, height: 576, bits_per_raw_sample: "8" };
const BT709: PictureColour = {
  ...{ pix_fmt: "yuv420p", color_range: "tv" },
  ...{ color_space: "bt709", color_primaries: "bt709", color_transfer: "bt709" },
};
const PAL: PictureColour = { ...BT709, color_space: "bt470bg", color_primaries: "bt470bg" };
const DEEP: PictureColour = { ...BT709, pix_fmt: "yuv420p10le" };
const FULL: PictureColour = { ...BT709, color_range: "pc" };
const PQ: PictureColour = { ...DEEP, color_space: "bt2020nc", color_primaries: "bt2020", color_transfer: "smpte2084" };
const HLG: PictureColour = { ...PQ, color_transfer: "arib-std-b67" };

/** Keyframes of which one comes each second. */
function changes(...keyframes: PictureColour[]): ColourChange[] {
  const found = new ColourChanges(video, '"a.ts"');
  keyframes.forEach((picture, second) => found.add(5000 + 1000 * second, picture));
  return found.found;
}

const usual = { bitDepth: 8, matrix: "bt709", primaries: "bt709", transfer: "bt709", fullRange: false };

describe("ColourChanges", () => {
  it("lists each coding with the keyframe at which it begins", () => {
    assert.deepEqual(changes(BT709, BT709, PAL, PAL, BT709, DEEP, FULL), [
      { from: 5000 },
      { from: 7000, colour: { ...usual, matrix: "bt470bg", primaries: "bt470bg" } },
      { from: 9000 },
      { from: 10_000, colour: { ...usual, bitDepth: 10 } },
      { from: 11_000, colour: { ...usual, fullRange: true } },
    ]);
  });

  it("refuses HDR that begins, ends or changes", () => {
    for (const [before, after, codings] of [
      [BT709, PQ, "bt709 to bt2020nc, smpte2084"],
      [HLG, BT709, "bt2020nc, arib-std-b67 to bt709"],
      [PQ, HLG, "bt2020nc, smpte2084 to bt2020nc, arib-std-b67"],
      [PQ, { ...PQ, color_range: "pc" }, "bt2020nc, smpte2084 to bt2020nc, full range, smpte2084"],
    ] as const) {
      assert.throws(() => changes(before, after), {
        name: "InputError",
        message: `"a.ts" changes the coding of its colours after 1.0 seconds, from ${codings}, and HDR has to be coded alike from beginning to end; cut it there, or encode it with one coding first.`,
      });
    }
    assert.equal(changes(PQ, PQ).length, 1);
  });

  it("refuses more changes than a plan can hold", () => {
    const often = (count: number): PictureColour[] => Array.from({ length: count }, (_, at) => (at % 2 ? PAL : BT709));
    assert.equal(changes(...often(201)).length, 201);
    assert.throws(() => changes(...often(202)), {
      name: "InputError",
      message: '"a.ts" changes the coding of its colours more than 200 times; encode it with one coding first.',
    });
  });
});
