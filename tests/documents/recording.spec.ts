import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";

import { makeClip } from "../support/clips";
import { useRepositoryCopy } from "../support/useRepositoryCopy";
import { linkPackages } from "./linkPackages";
import { requireProgram, SCRIPT } from "./requireProgram";
import { linesOf, loadAnimation, loadRecorder, readRecording, type Frame } from "./recording";

/** A video as long and as large as the demo's, which is quicker to encode. It is there, so that the demo makes none. */
const VIDEO = { width: 1920, height: 1080, rate: "5", seconds: 12, sound: true };
const MAKING = "Making a 12-second 1080p clip …";

/** What is on a screen, apart from what differs from run to run. */
function masked(frame: Frame, directory: string): string[] {
  return linesOf(frame).map((line) =>
    line
      .replaceAll(directory, "CLONE")
      .replace(/\d+:\d\d$/, "0:00")
      .replace(/\d+\.\d s\.$/, "0.0 s.")
      .replace(/(?<=127\.0\.0\.1:)\d+/, "PORT"),
  );
}

describe("docs/run.svg, the picture of a run", () => {
  const copy = useRepositoryCopy();
  before(() => linkPackages(copy().directory));

  it("ends with what the demo prints on a terminal", async function () {
    requireProgram(this, SCRIPT);
    const out = path.join(copy().directory, "out");
    mkdirSync(out);
    await makeClip(path.join(out, "demo-clip.mp4"), VIDEO);
    const { recordDemo } = await loadRecorder();
    let status: number | undefined;
    const frames = await recordDemo(copy().directory, async (address) => {
      ({ status } = await fetch(address));
    });
    assert.equal(status, 200);
    const { framesIn } = await loadAnimation();
    const recorded = masked(framesIn(readRecording()).at(-1)!, "/tmp/video-batch-pipeline");
    assert.deepEqual(
      masked(frames.at(-1)!, copy().directory),
      recorded.filter((line) => line !== MAKING),
      "Make the picture anew on a quiet machine: npm run recording",
    );
  });
});
