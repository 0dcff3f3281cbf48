import assert from "node:assert/strict";

import { Reports } from "../../../../worker/source/frames/reports";

describe("reports of a demuxer", () => {
  function read(...lines: string[]): Reports {
    const reports = new Reports();
    for (const line of lines) reports.add(line, false);
    return reports;
  }

  it("are packets that lack a part by their stream, once each", () => {
    const { lost, laterMovie } = read(
      "Packet corrupt (stream = 0, dts = 406800).",
      "Packet corrupt (stream = 0, dts = 406800).",
      "Packet corrupt (stream = 1, dts = 5).",
      "Packet corrupt (stream = 1, dts = NOPTS).",
      "File ended prematurely",
    );
    assert.deepEqual(
      [...lost],
      [
        [0, [406_800]],
        [1, [5]],
      ],
    );
    assert.equal(laterMovie, false);
  });

  it("are another index in an MP4, which isn't read", () => {
    const { lost, laterMovie } = read("Found duplicated MOOV Atom. Skipped it");
    assert.deepEqual([lost.size, laterMovie], [0, true]);
  });

  it("are all of a day of recording", () => {
    const lines = Array.from({ length: 50_000 }, (_, index) => `Packet corrupt (stream = 0, dts = ${index * 3600}).`);
    assert.equal(read(...lines).lost.get(0)?.length, lines.length);
  });
});
