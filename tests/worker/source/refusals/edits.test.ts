import assert from "node:assert/strict";

import { readFirstFragments } from "../../../../worker/source/mp4/firstFragment";
import { readMediaTracks } from "../../../../worker/source/mp4/movie";
import { assertPlainEdits } from "../../../../worker/source/refusals/edits";
import { movie, type WrittenEdit, type WrittenFragment, type WrittenTrack } from "../mp4/smallMovie";

const shown = (duration: number, mediaTime: number, rate?: number): WrittenEdit => ({
  duration,
  mediaTime,
  ...(rate === undefined ? {} : { rate }),
});
const empty = (duration: number): WrittenEdit => shown(duration, -1);

const refused = (what: string): string => `"a.mp4" has an edit list that ${what}; export it again without edits.`;
const PIECES = (count: number, what = "pictures"): string =>
  refused(`puts its ${what} together from ${count} pieces, and only one is supported`);

type Case = [what: string, track: WrittenTrack, fragments: WrittenFragment[] | undefined, message?: string];
const CASES: Case[] = [
  ["none", {}, undefined],
  ["one that begins in the middle", { edits: [shown(2000, 1600)] }, undefined],
  ["a delay", { edits: [empty(500), shown(2000, 40)] }, undefined],
  ["a delay at no speed", { edits: [shown(500, -1, 0), shown(2000, 40)] }, undefined],
  ["one with large numbers", { version: 1, edits: [empty(500), shown(2000, 40)] }, undefined],
  ["two pieces", { edits: [shown(2000, 0), shown(2000, 4000)] }, undefined, PIECES(2)],
  ["two pieces with large numbers", { version: 1, edits: [shown(2000, 0), shown(2000, 4000)] }, undefined, PIECES(2)],
  ["a pause between two pieces", { edits: [shown(2000, 0), empty(1000), shown(2000, 2000)] }, undefined, PIECES(3)],
  [
    "two pieces of sound",
    { kind: "soun", edits: [empty(1), shown(2000, 0), shown(2000, 0)] },
    undefined,
    PIECES(2, "sound"),
  ],
  [
    "double speed",
    { edits: [shown(3000, 0, 2)] },
    undefined,
    refused("plays its pictures at a rate of 2, and only 1 is supported"),
  ],
  [
    "half speed",
    { edits: [shown(3000, 0, 0.5)] },
    undefined,
    refused("plays its pictures at a rate of 0.5, and only 1 is supported"),
  ],
  [
    "a picture that stays",
    { edits: [shown(2000, 0), shown(1000, 2000, 0)] },
    undefined,
    refused("plays its pictures at a rate of 0, and only 1 is supported"),
  ],
  [
    "nothing",
    { edits: [shown(0, 1600)] },
    undefined,
    refused("shows nothing of its pictures, and something has to be shown"),
  ],
  ["all that fragments have", { edits: [shown(0, 80)] }, [{ time: 0, duration: { listed: 40 }, composition: 80 }]],
  ["a delay of fragments", { edits: [empty(500), shown(0, 0)] }, [{ time: 0 }]],
  ["fragments that begin later than it says", { edits: [shown(0, 1600)] }, [{ time: 9000 }]],
  [
    "the beginning of fragments",
    { edits: [shown(0, 1680)] },
    [{ time: 0, duration: { listed: 40 }, composition: 80 }],
    refused("leaves out the first 1.6 seconds of its pictures, and ffmpeg can't leave out a part of fragments"),
  ],
  [
    "the beginning of fragments without times",
    { kind: "soun", edits: [shown(0, 1000)] },
    [{}],
    refused("leaves out the first 1.0 seconds of its sound, and ffmpeg can't leave out a part of fragments"),
  ],
];

describe("an edit list", () => {
  for (const [what, track, fragments, message] of CASES) {
    it(`${message === undefined ? "is followed" : "is refused"}: ${what}`, async () => {
      const { head, ...file } = movie([track], fragments);
      const tracks = await readMediaTracks(file, head);
      const judged = assertPlainEdits('"a.mp4"', file, tracks, await readFirstFragments(file, tracks));
      if (message === undefined) await judged;
      else await assert.rejects(judged, { name: "InputError", message });
    });
  }
});
