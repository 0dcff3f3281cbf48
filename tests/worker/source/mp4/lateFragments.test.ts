import assert from "node:assert/strict";

import { readMediaTracks } from "../../../../worker/source/mp4/movie";
import { ticksLate } from "../../../../worker/source/mp4/lateFragments";
import { movie, type WrittenFragment } from "./smallMovie";

const VIDEO = { index: 0, codec_type: "video", id: "0x1", time_base: "1/1000" };

const refused = (what: string): string =>
  `"a.mp4" has negative composition offsets ${what}; export it again without negative composition offsets.`;
const both = refused("and pictures both in its index and in fragments, of which ffmpeg shows those late");

const fragment = (composition?: number, others: Partial<WrittenFragment> = {}): WrittenFragment => ({
  ...{ time: 0, duration: { listed: 40 } },
  ...(composition === undefined ? {} : { composition }),
  ...others,
});

type Case = [what: string, fragments: WrittenFragment[] | undefined, late: number | string, offsets?: number[]];
const CASES: Case[] = [
  ["no fragments", undefined, 0, [-40]],
  ["no offsets", [fragment(), fragment()], 0],
  ["positive offsets", [fragment(80), fragment(0)], 0],
  ["negative offsets", [fragment(-80), fragment(-80)], 80],
  ["offsets that are less negative later", [fragment(-80), fragment(-40), fragment(80)], 80],
  ["negative offsets of another track", [fragment(0), fragment(-40, { track: 2 })], 0],
  ["unsigned offsets first", [fragment(0, { version: 0 }), fragment(80, { version: 0 })], 0],
  ["negative offsets in spite of their version", [fragment(-40, { version: 0 }), fragment(0)], 40],
  ["pictures in the index too, all of them with positive offsets", [fragment(40)], 0, [80, 0]],
  ["pictures in the index too", [fragment(-40)], both, [0, -40]],
  ["pictures in the index alone with negative offsets", [fragment(0, { version: 0 })], both, [0, -40]],
  [
    "offsets that are more negative later",
    [fragment(-40), fragment(-40), fragment(-80)],
    refused("down to -80 ms, and only -40 ms in its first fragment, so that ffmpeg shows pictures behind that late"),
  ],
  [
    "offsets that are negative later",
    [fragment(40), fragment(-80)],
    refused("down to -80 ms, and only 0 ms in its first fragment, so that ffmpeg shows pictures behind that late"),
  ],
];

describe("the pictures of fragments", () => {
  for (const [what, fragments, late, offsets] of CASES) {
    it(`${typeof late === "string" ? "are refused" : `are ${late} ticks late`}: ${what}`, async () => {
      const { head, ...file } = movie([{ ...(offsets ? { offsets } : {}) }], fragments);
      const found = ticksLate('"a.mp4"', file, await readMediaTracks(file, head), VIDEO);
      if (typeof late === "number") assert.equal(await found, late);
      else await assert.rejects(found, { name: "InputError", message: late });
    });
  }

  it("are at their own times in other containers", async () => {
    const bytes = Buffer.from("RIFF----AVI LIST");
    const file = { read: () => Promise.reject(new Error("read")), bytes: bytes.length };
    assert.equal(await ticksLate('"a.avi"', file, await readMediaTracks(file, bytes), VIDEO), 0);
  });
});
