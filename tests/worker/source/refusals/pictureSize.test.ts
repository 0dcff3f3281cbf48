import assert from "node:assert/strict";

import { selectRenditions } from "../../../../worker/plan/renditions";
import { assertEncodableSizes } from "../../../../worker/source/refusals/pictureSize";
import type { LadderRendition } from "../../../../contract/plan";
import type { PlanSource } from "../../../../contract/plan";

const refusalOf = (width: number, height: number, rendition: Partial<LadderRendition>): string | undefined => {
  const source = { width, height } as PlanSource;
  const renditions = selectRenditions([{ name: "x", height: 240, preset: "fast", crf: 23, ...rendition }], source);
  try {
    assertEncodableSizes('"a.mp4"', { source, renditions });
  } catch (error) {
    return String(error);
  }
  return undefined;
};

const sentence = (shown: string, pixels: string, limit: string): string =>
  `InputError: "a.mp4" is shown at ${shown}, so rendition x would have ${pixels} pixels, and ${limit}; correct the video's aspect ratio if it is wrong, and otherwise leave the rendition out.`;

describe("assertEncodableSizes", () => {
  const cases: [what: string, width: number, height: number, rendition: Partial<LadderRendition>, refusal?: string][] =
    [
      ["wide pixels", 32_000, 240, {}, sentence("32000x240", "32000x240", "h264 takes at most 16384x16384")],
      [
        "narrow pixels",
        240,
        32_000,
        { codec: "hevc" },
        sentence("240x32000", "240x32000", "hevc takes at most 16384x16384"),
      ],
      [
        "one pair of columns too many",
        16_386,
        240,
        { codec: "vp9" },
        sentence("16386x240", "16386x240", "vp9 takes at most 16384x16384"),
      ],
      [
        "more lines than SVT-AV1 takes",
        240,
        8706,
        { codec: "av1" },
        sentence("240x8706", "240x8706", "av1 takes at most 16384x8704"),
      ],
      ["as many as it takes", 240, 8704, { codec: "av1" }],
      ["as many columns as others take", 16_384, 240, { codec: "av1" }],
      ["a source that only its smaller renditions can be made of", 32_000, 480, {}],
    ];
  for (const [what, width, height, rendition, refusal] of cases) {
    it(`${refusal ? "refuses" : "accepts"} ${what}`, () => assert.equal(refusalOf(width, height, rendition), refusal));
  }
});
