import assert from "node:assert/strict";

import { readFirstFragments } from "../../../../worker/source/mp4/firstFragment";
import { readMediaTracks } from "../../../../worker/source/mp4/movie";
import { assertTimedFragments } from "../../../../worker/source/refusals/timedFragments";
import { type Kind, movie, type WrittenFragment } from "../mp4/smallMovie";

const TIMED: [what: string, fragment: WrittenFragment | undefined][] = [
  ["none", undefined],
  ["durations of samples", { time: 0, duration: { listed: 40 } }],
  ["a duration of all samples", { time: 0, description: 1, duration: { usual: 40 } }],
  ["a single sample", { time: 0, samples: 1 }],
];

describe("fragments", () => {
  for (const [what, fragment] of TIMED) {
    it(`are read with ${what}`, async () => {
      const { head, ...file } = movie([{}], fragment && [fragment]);
      assertTimedFragments('"a.mp4"', await readFirstFragments(file, await readMediaTracks(file, head)));
    });
  }

  for (const [kind, what] of [
    ["vide", "pictures"],
    ["soun", "sound"],
  ] as [Kind, string][]) {
    it(`that don't say how long their ${what} last are refused`, async () => {
      const { head, ...file } = movie([{ kind }], [{ time: 0, duration: { usual: 0 } }]);
      const fragments = await readFirstFragments(file, await readMediaTracks(file, head));
      assert.throws(() => assertTimedFragments('"a.mp4"', fragments), {
        name: "InputError",
        message: `"a.mp4" has fragments that don't say the duration of their ${what}; export it again.`,
      });
    });
  }
});
