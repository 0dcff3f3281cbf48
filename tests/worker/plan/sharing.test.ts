import assert from "node:assert/strict";

import fc from "fast-check";

import type { PlanRendition } from "../../../contract/plan";
import { renditionsInJob, shareDecoding } from "../../../worker/plan/sharing";

function rendition(
  name: string,
  width: number,
  pictureHeight: number,
  more: Partial<PlanRendition> = {},
): PlanRendition {
  return { name, height: Math.min(width, pictureHeight), preset: "fast", crf: 22, width, pictureHeight, ...more };
}

const LADDER = [
  rendition("4k", 3840, 2160),
  rendition("1080p", 1920, 1080),
  rendition("720p", 1280, 720),
  rendition("480p", 854, 480),
];

function leaders(renditions: PlanRendition[]): Record<string, string | undefined> {
  return Object.fromEntries(shareDecoding(renditions).map(({ name, encodedWith }) => [name, encodedWith]));
}

describe("shareDecoding", () => {
  it("groups as many renditions as have no more pixels than the largest one", () => {
    const alone = undefined;
    assert.deepEqual(leaders(LADDER), { "4k": alone, "1080p": alone, "720p": "1080p", "480p": "1080p" });
    assert.deepEqual(leaders(LADDER.slice(1)), { "1080p": alone, "720p": alone, "480p": "720p" });
    assert.deepEqual(leaders(LADDER.slice(2)), { "720p": alone, "480p": alone });
    assert.deepEqual(leaders(LADDER.slice(3)), { "480p": alone });
  });

  it("groups only H.264 encoded in software", () => {
    const [largest, ...rest] = LADDER as [PlanRendition, ...PlanRendition[]];
    const others = [
      rendition("hevc", 1920, 1080, { codec: "hevc" }),
      rendition("gpu", 1280, 720, { encoder: "nvenc" }),
    ];
    const found = leaders([largest, ...others, ...rest]);
    assert.equal(found["hevc"], undefined);
    assert.equal(found["gpu"], undefined);
    assert.equal(found["480p"], "1080p");
  });

  it("changes nothing else, gives each group a leader with its own job, and never exceeds the largest rendition", () => {
    const one = fc.record({ width: fc.integer({ min: 64, max: 4096 }), height: fc.integer({ min: 64, max: 4096 }) });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 20 }), (sizes) => {
        const renditions = sizes.map(({ width, height }, index) => rendition(`r${index}`, width, height));
        const shared = shareDecoding(renditions);
        assert.deepEqual(
          shared.map((one) => ({ ...one, encodedWith: undefined })),
          renditions.map((one) => ({ ...one, encodedWith: undefined })),
        );
        const most = Math.max(...sizes.map(({ width, height }) => width * height));
        const alone = shared.filter(({ encodedWith }) => encodedWith === undefined);
        const groups = alone.map((leader) => renditionsInJob(shared, leader));
        assert.equal(groups.flat().length, renditions.length);
        for (const group of groups) {
          assert.ok(group.reduce((sum, { width, pictureHeight }) => sum + width * pictureHeight, 0) <= most);
        }
      }),
    );
  });
});
