import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { PlanRendition, SourceColour } from "../../../../contract/plan";
import { assertConvertible } from "../../../../worker/source/refusals/colour";
import { colourFilters, jpegFilters } from "../../../../worker/video/filters/colourFilters";
import { needing } from "../../../support/ffmpegNeeds";

/** Every matrix that ffmpeg 5.1 has a name for. */
const MATRICES = [
  ...["gbr", "bt709", "fcc", "bt470bg", "smpte170m", "smpte240m", "ycgco", "bt2020nc", "bt2020c", "smpte2085"],
  ...["chroma-derived-nc", "chroma-derived-c", "ictcp"],
];

const REFUSED: Record<string, string[]> = { bt709: ["smpte2085", "ictcp"], smpte2084: ["bt2020c", "smpte2085"] };

const SIZE = { width: 64, pictureHeight: 48, height: 48 };
const RENDITION: PlanRendition = { name: "x", preset: "ultrafast", crf: 23, ...SIZE };

/** Whether ffmpeg converts a picture that is coded in a way. */
async function converts({ matrix, transfer }: SourceColour, filters: readonly string[]): Promise<boolean> {
  const format = matrix === "gbr" ? "gbrp" : "yuv420p10le";
  const marks = `setparams=color_primaries=bt2020:color_trc=${transfer}:colorspace=${matrix}`;
  const picture = ["-f", "lavfi", "-i", `color=gray:s=128x96,format=${format},${marks}`, "-frames:v", "1"];
  try {
    await promisify(execFile)("ffmpeg", ["-v", "error", ...picture, "-vf", filters.join(","), "-f", "null", "-"]);
    return true;
  } catch {
    return false;
  }
}

describe("assertConvertible", () => {
  it("accepts the usual colours", () => assertConvertible('"a.mp4"', undefined));

  it("names what can't be converted", () => {
    const colour = { bitDepth: 8, primaries: "bt709", fullRange: false };
    const sentence = (coded: string): string =>
      `"a.mp4" uses the colour matrix ${coded}, which ffmpeg can't convert; if this tag is wrong, correct it, and otherwise encode the video with another matrix.`;
    assert.throws(() => assertConvertible('"a.mp4"', { ...colour, matrix: "smpte2085", transfer: "bt709" }), {
      name: "InputError",
      message: sentence("smpte2085"),
    });
    assert.throws(() => assertConvertible('"a.mp4"', { ...colour, matrix: "bt2020c", transfer: "smpte2084" }), {
      name: "InputError",
      message: sentence("bt2020c in HDR"),
    });
    // A newer ffmpeg has names for more.
    assert.throws(() => assertConvertible('"a.mp4"', { ...colour, matrix: "ycgco-re", transfer: "bt709" }), {
      message: sentence("ycgco-re"),
    });
  });

  for (const [transfer, refused] of Object.entries(REFUSED)) {
    needing("ffmpeg filter zscale").it(`refuses exactly what ffmpeg doesn't convert from ${transfer}`, async () => {
      for (const matrix of MATRICES) {
        const colour = { bitDepth: 10, matrix, primaries: "bt2020", transfer, fullRange: matrix === "gbr" };
        const isRefused = refused.includes(matrix);
        if (isRefused) assert.throws(() => assertConvertible("it", colour), { name: "InputError" }, matrix);
        else assertConvertible("it", colour);
        const made = await Promise.all([
          converts(colour, colourFilters(colour, RENDITION)),
          converts(colour, jpegFilters(colour, { width: 64, height: 48 })),
        ]);
        assert.deepEqual(made, [!isRefused, !isRefused], matrix);
      }
    });
  }
});
