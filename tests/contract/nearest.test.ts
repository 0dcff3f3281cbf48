import { strict as assert } from "node:assert";

import { nearest, suggestion } from "../../contract/nearest";

describe("the nearest name", () => {
  const KNOWN = ["renditions", "queues", "crf", "maxBitrateKbps", "bitrateKbps", "tags"];

  const CASES: [name: string, meant: string | undefined][] = [
    ["rendition", "renditions"],
    ["rednitions", "renditions"],
    ["RENDITIONS", "renditions"],
    ["CRF", "crf"],
    ["cfr", "crf"],
    ["crff", "crf"],
    ["tag", "tags"],
    ["crfs", "crf"],
    // Two contain it.
    ["bitrate", undefined],
    ["max", "maxBitrateKbps"],
    ["ax", undefined],
    ["maxBitrateKbps2", "maxBitrateKbps"],
    ["max_bitrate_kbps", "maxBitrateKbps"],
    // Two of three letters are different.
    ["abf", undefined],
    ["labels", undefined],
    ["", undefined],
    ["x".repeat(1_000_000), undefined],
  ];
  for (const [name, meant] of CASES) {
    it(`to ${name.slice(0, 20)} is ${meant ?? "none"}`, () => assert.equal(nearest(name, KNOWN), meant));
  }

  it("leads the suggestion, before all names", () => {
    assert.equal(suggestion("hihg", ["high", "low"]), "Did you mean high? Choose one of: high, low.");
    assert.equal(suggestion("urgent", ["high", "low"]), "Choose one of: high, low.");
  });
});
