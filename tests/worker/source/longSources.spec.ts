import assert from "node:assert/strict";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../support/clips";
import { buildWorker, WorkerRuns } from "../workerProcess";

const picture = (rate: string, seconds: number): string[] => [
  "-f",
  "lavfi",
  "-i",
  `color=s=64x64:r=${rate}:d=${seconds}`,
];
const FAST = ["-c:v", "libx264", "-preset", "ultrafast"];

const SOURCES: [what: string, file: string, seconds: number, args: string[]][] = [
  ["a time lapse of a day with a picture a minute", "lapse.mp4", 86_400, [...picture("1/60", 86_400), ...FAST]],
  [
    "a still picture with hours of sound",
    "still.mkv",
    7300,
    // In large frames, which take a third of the time of AAC.
    [
      ...[...picture("1/7300", 7300), "-f", "lavfi", "-i", "anullsrc=r=8000:d=7200"],
      ...[...FAST, "-c:a", "flac", "-frame_size", "16384"],
    ],
  ],
  [
    // The distances grow to 52 minutes.
    "a recording of a screen on which seldom anything happens",
    "screen.mkv",
    60_840,
    [...picture("1", 40), "-vf", "setpts=(N+40*N*N)/TB", "-fps_mode", "vfr", ...FAST],
  ],
];

describe("a long source with few pictures", () => {
  let path: string;
  let remove: () => Promise<void>;
  let bundle: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    bundle = await buildWorker(path);
  });
  after(() => remove());

  for (const [what, file, seconds, args] of SOURCES) {
    it(`${what} is accepted`, async () => {
      await ffmpeg(...args, join(path, file));
      const worker = new WorkerRuns(bundle, `file://${join(path, file)}`, `file://${join(path, `${file} out`)}`);
      await worker.succeed("metadata");
      const { source } = await worker.plan();
      assert.ok(Math.abs(source.durationSeconds - seconds) < 60, String(source.durationSeconds));
    });
  }
});
