import assert from "node:assert/strict";

import { transparencyOf } from "../../../../worker/source/picture/transparency";

const CASES: [codec: string, format: string | undefined, composited: string | undefined][] = [
  ["png", "rgba", "gbrap"],
  ["png", "rgba64be", "gbrap16le"],
  ["png", "ya8", "gbrap"],
  ["png", "ya16be", "gbrap16le"],
  ["png", "rgb24", undefined],
  ["png", undefined, undefined],
  ["qtrle", "argb", "gbrap"],
  ["gif", "bgra", "gbrap"],
  ["cfhd", "gbrap12le", "gbrap16le"],
  ["utvideo", "gbrap", "gbrap"],
  ["prores", "yuva444p10le", "yuva444p16le"],
  ["prores", "yuv444p10le", undefined],
  ["ffv1", "yuva420p", "yuva444p"],
  ["ffv1", "yuva422p9le", "yuva444p16le"],
  ["ffv1", "gray", undefined],
  ["rawvideo", "bgra", undefined],
];

describe("transparencyOf", () => {
  for (const [codec_name, pix_fmt, composited] of CASES) {
    it(`composites ${codec_name} with ${pix_fmt} as ${composited ?? "nothing, since it is opaque"}`, () => {
      const stream = { index: 0, time_base: "1/25", codec_name, ...(pix_fmt === undefined ? {} : { pix_fmt }) };
      assert.equal(transparencyOf(stream), composited);
    });
  }
});
