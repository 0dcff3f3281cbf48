import assert from "node:assert/strict";

import { box } from "../../../../worker/fmp4/boxes";
import { readMediaTracks } from "../../../../worker/source/mp4/movie";
import { assertDecodableDescriptions } from "../../../../worker/source/refusals/descriptions";
import { elementaryStream, entry, movie, type WrittenFragment, type WrittenTrack } from "../mp4/smallMovie";

const avc = (settings: string, ...boxes: Buffer[]): Buffer =>
  entry("avc1", "vide", box("avcC", Buffer.from(settings)), ...boxes);
const aac = (settings: string): Buffer => entry("mp4a", "soun", elementaryStream(0x40, settings));
const pixel = (shape: string): Buffer => box("pasp", Buffer.from(shape));

const pictures = (entries: Buffer[], used = [1, 2]): WrittenTrack => ({ kind: "vide", entries, used });
const sound = (entries: Buffer[], used = [1, 2]): WrittenTrack => ({ kind: "soun", entries, used });

const ALL_BY_ONE = (what: string, codec: string, count = 2): string =>
  `"a.mp4" has ${count} descriptions of its ${what} (${codec}), of which ffmpeg takes one for all; convert its parts with the same settings and join them again.`;
const CODECS = (what: string, codecs: string): string =>
  `"a.mp4" has ${what} in more than one codec (${codecs}); convert its parts to the same codec and join them again.`;

const CASES: [what: string, track: WrittenTrack, fragments: WrittenFragment[] | undefined, message?: string][] = [
  ["one", pictures([avc("a")], [1, 1]), undefined],
  ["two that are the same but for their bit rate", pictures([avc("a"), avc("a", box("btrt"))]), undefined],
  ["H.264 with other settings", pictures([avc("a"), avc("b")]), undefined],
  ["H.264 that goes back to the first settings", pictures([avc("a"), avc("b")], [1, 2, 1]), undefined],
  ["AAC with other settings", sound([aac("a"), aac("b")]), undefined],
  [
    "AC-3, whose frames describe themselves",
    sound([entry("ac-3", "soun", box("dac3", Buffer.from("a"))), entry("ac-3", "soun")]),
    undefined,
  ],
  ["one of another codec that no sample has", pictures([avc("a"), entry("hvc1", "vide")], [1]), undefined],
  ["another codec", pictures([avc("a"), entry("hvc1", "vide")]), undefined, CODECS("pictures", "avc1 and hvc1")],
  [
    "another codec of MPEG-4 sound",
    sound([aac("a"), entry("mp4a", "soun", elementaryStream(0x6b, "a"))]),
    undefined,
    CODECS("sound", "mp4a.40 and mp4a.6b"),
  ],
  [
    "pixels of another shape",
    pictures([avc("a", pixel("a")), avc("a", pixel("b"))]),
    undefined,
    ALL_BY_ONE("pictures", "avc1"),
  ],
  [
    "MPEG-4 pictures with other settings",
    pictures(["a", "b"].map((settings) => entry("mp4v", "vide", elementaryStream(0x20, settings)))),
    undefined,
    ALL_BY_ONE("pictures", "mp4v.20"),
  ],
  [
    "uncompressed sound with other settings",
    sound([entry("sowt", "soun"), box("sowt", Buffer.alloc(28))]),
    undefined,
    ALL_BY_ONE("sound", "sowt"),
  ],
  ["a first one that no sample has", pictures([avc("a"), avc("b")], [2]), undefined, ALL_BY_ONE("pictures", "avc1")],
  ["fragments that all have the same", pictures([avc("a"), avc("b")], []), [{}, { description: 1 }]],
  ["fragments of another track", pictures([avc("a"), avc("b")], []), [{}, { track: 2, description: 2 }]],
  [
    "fragments with other settings",
    pictures([avc("a"), avc("b")], []),
    [{}, { description: 2 }],
    ALL_BY_ONE("pictures", "avc1"),
  ],
  [
    "fragments in another codec",
    pictures([avc("a"), entry("hvc1", "vide")], [1]),
    [{ description: 2 }],
    CODECS("pictures", "avc1 and hvc1"),
  ],
];

describe("descriptions of samples", () => {
  for (const [what, track, fragments, message] of CASES) {
    it(`${message === undefined ? "are followed" : "are refused"}: ${what}`, async () => {
      const { head, ...file } = movie([track], fragments);
      const judged = assertDecodableDescriptions('"a.mp4"', file, await readMediaTracks(file, head));
      if (message === undefined) await judged;
      else await assert.rejects(judged, { name: "InputError", message });
    });
  }

  it("don't matter where nothing is encoded of them", async () => {
    const { head, ...file } = movie([
      { kind: "text" as never, entries: [entry("tx3g", "vide"), entry("text", "vide")], used: [1, 2] },
    ]);
    await assertDecodableDescriptions('"a.mp4"', file, await readMediaTracks(file, head));
  });
});
