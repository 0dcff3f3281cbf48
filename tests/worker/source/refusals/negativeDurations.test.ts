import assert from "node:assert/strict";

import { readMediaTracks } from "../../../../worker/source/mp4/movie";
import { assertPositiveDurations } from "../../../../worker/source/refusals/negativeDurations";
import { movie, type WrittenTrack } from "../mp4/smallMovie";

const refused = (what: string, ticks: number): string =>
  `"a.mp4" has an index that gives some of its ${what} a negative duration (${ticks} ticks), and nothing says when what follows is played; export it again.`;

const long = Array.from({ length: 9000 }, (_, index): [number, number] => [1, 40 + (index % 2)]);

const CASES: [what: string, track: WrittenTrack, message?: string][] = [
  ["positive ones", { durations: [[49, 40]] }],
  ["none", { durations: [] }],
  [
    "none of a sample",
    {
      durations: [
        [20, 40],
        [3, 0],
        [27, 40],
      ],
    },
  ],
  [
    "a negative one of the last sample",
    {
      durations: [
        [49, 40],
        [1, -40],
      ],
    },
  ],
  [
    "a picture of seven hours in ticks of 90 kHz",
    {
      durations: [
        [2, 2 ** 31 + 100],
        [1, 1],
      ],
    },
  ],
  [
    "a negative one in the middle",
    {
      durations: [
        [20, 40],
        [1, -20],
        [29, 40],
      ],
    },
    refused("pictures", -20),
  ],
  ["negative ones alone", { durations: [[50, -512]] }, refused("pictures", -512)],
  [
    "a negative one of sound",
    {
      kind: "soun",
      durations: [
        [2, -1024],
        [5, 1024],
      ],
    },
    refused("sound", -1024),
  ],
  ["a negative one far behind", { durations: [...long, [1, -1], [1, 40]] }, refused("pictures", -1)],
  [
    "a negative one of no sample",
    {
      durations: [
        [0, -1],
        [3, 40],
      ],
    },
  ],
];

describe("durations of samples", () => {
  for (const [what, track, message] of CASES) {
    it(`are ${message === undefined ? "taken" : "refused"}: ${what}`, async () => {
      const { head, ...file } = movie([track]);
      const judged = assertPositiveDurations('"a.mp4"', file.read, await readMediaTracks(file, head));
      if (message === undefined) await judged;
      else await assert.rejects(judged, { name: "InputError", message });
    });
  }
});
