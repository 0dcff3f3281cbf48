import assert from "node:assert/strict";

import { encodingArguments } from "../../../worker/audio/arguments";
import { audioSets } from "../../../worker/publish/dash/audioSets";
import { planOf } from "../publish/early/unfinished";

const CASES: [stated: string | undefined, mp4: string | undefined][] = [
  ["ger", "language=deu"],
  ["english", "language=eng"],
  ["mul", undefined],
  [undefined, undefined],
];

describe("the language of an audio track", () => {
  for (const [stated, mp4] of CASES) {
    it(`is ${mp4} in the MP4 of a source that states ${stated}`, () => {
      const plan = planOf();
      const track = { ...plan.audio![0]!, ...(stated === undefined ? {} : { language: stated }) };
      const args = encodingArguments(plan, track, "decoded");
      assert.equal(
        args.find((word) => word.startsWith("language=")),
        mp4,
      );
    });
  }

  it("is in the MPD only if it is known", () => {
    const encodedBy = { ffmpeg: "5.1", libavcodec: "59", encoder: "aac" };
    const playlist = { path: "p", bytes: 1 };
    const rates = { durationSeconds: 1, averageBandwidth: 1, peakBandwidth: 1, segments: 0 };
    const stream = { name: "audio", label: "Main", codec: "mp4a.40.2", channels: 2, encodedBy, playlist, ...rates };
    const track = { initName: "init.mp4", template: "$Time$.m4s", timescale: 48_000, start: 0, segments: [] };
    const sets = audioSets([
      { track, stream },
      { track, stream: { ...stream, language: "de" } },
    ]);
    assert.deepEqual(
      sets.map((set) => /startWithSAP="1"(.*)>/.exec(set(0)[0]!)?.[1]),
      ["", ' lang="de"'],
    );
  });
});
