import assert from "node:assert/strict";

import fc from "fast-check";

import type { LadderRendition } from "../../../contract/plan";
import { selectRenditions } from "../../../worker/plan/renditions";

const ladder: LadderRendition[] = [2160, 1080, 720, 480].map((height) => ({
  name: `${height}p`,
  height,
  preset: "fast",
  crf: 23,
}));

const cases: [source: string, width: number, height: number, expected: string[]][] = [
  ["720p", 1280, 720, ["720p 1280x720", "480p 854x480"]],
  ["1080p in portrait", 1080, 1920, ["1080p 1080x1920", "720p 720x1280", "480p 480x854"]],
  ["cinema 4k", 4096, 2160, ["2160p 4096x2160", "1080p 2048x1080", "720p 1366x720", "480p 910x480"]],
  ["one row less than 1080", 1920, 1079, ["1080p 1920x1078", "720p 1282x720", "480p 854x480"]],
  ["a wide film", 1920, 800, ["1080p 1920x800", "720p 1728x720", "480p 1152x480"]],
  ["a tenth more than 720", 1408, 792, ["1080p 1408x792", "720p 1280x720", "480p 854x480"]],
  ["less than a tenth more than 720", 1408, 791, ["720p 1282x720", "480p 854x480"]],
  ["between 1080p and 4k", 2560, 1440, ["2160p 2560x1440", "1080p 1920x1080", "720p 1280x720", "480p 854x480"]],
  ["larger than all", 7680, 4320, ["2160p 3840x2160", "1080p 1920x1080", "720p 1280x720", "480p 854x480"]],
  ["smaller than all", 321, 241, ["480p 320x240"]],
  ["a square", 500, 500, ["480p 480x480"]],
];

describe("selectRenditions", () => {
  for (const [name, width, height, expected] of cases) {
    it(name, () => {
      const made = selectRenditions(ladder, { width, height });
      assert.deepEqual(
        made.map((rendition) => `${rendition.name} ${rendition.width}x${rendition.pictureHeight}`),
        expected,
      );
    });
  }

  it("makes all renditions of the lowest height, in every codec, at the size of a smaller source", () => {
    const mixed = [...ladder, { name: "480p-av1", height: 480, codec: "av1" as const, preset: "fast", crf: 32 }];
    assert.deepEqual(
      selectRenditions(mixed, { width: 201, height: 301 }).map(({ name, width, pictureHeight }) => [
        name,
        width,
        pictureHeight,
      ]),
      [
        ["480p", 200, 300],
        ["480p-av1", 200, 300],
      ],
    );
  });

  it("makes the next height in every codec", () => {
    const codecs = [1080, 720].flatMap((height) =>
      ["h264", "hevc"].map((codec) => ({ name: `${height}p-${codec}`, height, codec, preset: "fast", crf: 23 })),
    ) as LadderRendition[];
    assert.deepEqual(
      selectRenditions(codecs, { width: 1920, height: 800 }).map(({ name, pictureHeight }) => [name, pictureHeight]),
      [
        ["1080p-h264", 800],
        ["1080p-hevc", 800],
        ["720p-h264", 720],
        ["720p-hevc", 720],
      ],
    );
  });

  it("leaves out renditions too small for their encoder", () => {
    const names = (width: number, height: number): string[] =>
      selectRenditions(
        [
          { name: "h264", height: 90, preset: "fast", crf: 23 },
          { name: "hevc", height: 90, codec: "hevc", preset: "fast", crf: 23 },
          { name: "av1", height: 90, codec: "av1", preset: "fast", crf: 23 },
          { name: "av1-nvenc", height: 90, codec: "av1", encoder: "nvenc", preset: "fast", crf: 23 },
        ],
        { width, height },
      ).map(({ name }) => name);
    assert.deepEqual(names(64, 65), ["h264", "hevc", "av1", "av1-nvenc"]);
    assert.deepEqual(names(400, 63), ["h264", "hevc", "av1-nvenc"]);
    assert.deepEqual(names(15, 64), ["h264", "av1-nvenc"]);
  });

  it("keeps the shape, uses even numbers and never enlarges", () => {
    const side = fc.integer({ min: 2, max: 8192 });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const made = selectRenditions(ladder, { width, height });
        assert.ok(made.length > 0);
        for (const rendition of made) {
          assert.equal(rendition.width % 2, 0);
          assert.equal(rendition.pictureHeight % 2, 0);
          assert.ok(rendition.width <= width + 1 && rendition.pictureHeight <= height + 1);
          const scale = rendition.width / width;
          assert.ok(Math.abs(rendition.pictureHeight - height * scale) <= 1 + (height / width) * 1 + 1);
        }
      }),
    );
  });
});
