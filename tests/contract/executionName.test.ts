import assert from "node:assert/strict";

import fc from "fast-check";

import { executionNameFor, isExecutionName, nearestExecutionName } from "../../contract/executionName";

const UNIQUE = "1a2b3c4d5e6f";

describe("the name of an execution", () => {
  const videos: [uri: string, name: string][] = [
    ["s3://videos/in/clip.mp4", `clip.mp4-${UNIQUE}`],
    ["s3://videos/Übung 1 (final).mov", `Ubung-1-final-.mov-${UNIQUE}`],
    ["s3://videos/写真/動画.mp4", `mp4-${UNIQUE}`],
    ["s3://videos/🎬", `video-${UNIQUE}`],
    ["s3://videos/folder/", `video-${UNIQUE}`],
    [`file:///${"x".repeat(200)}.mp4`, `${"x".repeat(67)}-${UNIQUE}`],
  ];
  for (const [uri, name] of videos) {
    it(`of ${uri.slice(0, 40)} is ${name}`, () => assert.equal(executionNameFor(uri, UNIQUE), name));
  }

  it("is taken for every legal key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), (key) => {
        const name = executionNameFor(`s3://videos/${key}`, UNIQUE);
        assert.ok(isExecutionName(name) && /^[A-Za-z0-9._-]+$/.test(name) && name.endsWith(`-${UNIQUE}`), name);
      }),
    );
  });

  const given: [name: string, nearest: string | undefined][] = [
    ["nightly-2026.11.29_a", undefined],
    ["a!@()+='", undefined],
    ["", "execution"],
    ["Übung 1", "Ubung-1"],
    ["a/b:c", "a-b-c"],
    ["x".repeat(81), "x".repeat(80)],
    ["日本", "execution"],
    ["tab\there", "tab-here"],
  ];
  for (const [name, nearest] of given) {
    it(`${JSON.stringify(name).slice(0, 30)} is ${nearest === undefined ? "taken" : `near ${nearest.slice(0, 20)}`}`, () => {
      assert.equal(isExecutionName(name), nearest === undefined);
      if (nearest !== undefined) assert.equal(nearestExecutionName(name), nearest);
    });
  }

  it("that is nearest to any text is taken", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => isExecutionName(nearestExecutionName(text))),
    );
  });
});
