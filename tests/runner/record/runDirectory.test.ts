import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { defaultRunDirectory } from "../../../runner/record/runDirectory";

describe("defaultRunDirectory", () => {
  let folder: string;
  const before = process.cwd();
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "default-")));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  });

  function leaveRun(name: string, video?: string): void {
    mkdirSync(join(folder, "out", name), { recursive: true });
    const start = video === undefined ? {} : { start: { video } };
    writeFileSync(join(folder, "out", name, "run.json"), JSON.stringify({ tool: "video-batch-pipeline", ...start }));
  }
  const chosen = (video: string): string => defaultRunDirectory(video).replace(folder, "");

  it("has the video's name", () => {
    assert.equal(chosen("/videos/small.mp4"), "/out/small");
    assert.equal(chosen("s3://videos/a/small.mov"), "/out/small");
  });

  it("is the same for the same video, and another one for another video of that name", () => {
    leaveRun("small", "/videos/small.mp4");
    assert.deepEqual([chosen("/videos/small.mp4"), chosen("/videos/x/small.mov")], ["/out/small", "/out/small-2"]);
    leaveRun("small-2", "/videos/x/small.mov");
    assert.deepEqual(
      [chosen("/videos/x/small.mov"), chosen("s3://videos/small.mp4")],
      ["/out/small-2", "/out/small-3"],
    );
  });

  it("is that of a run whose record doesn't say its video", () => {
    leaveRun("small");
    assert.equal(chosen("/videos/small.mp4"), "/out/small");
  });
});
