import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { logTail } from "../../../runner/record/logTail";

describe("logTail", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "log-tail-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has the last lines but those of progress", () => {
    const log = join(folder, "job.log");
    const lines = [1, 2, 3, 4, 5, 6, 7].map((line) => `line ${line}\nprogress ${line}%\n`);
    writeFileSync(log, lines.join(""));
    assert.deepEqual(logTail(log), ["line 2", "line 3", "line 4", "line 5", "line 6", "line 7"]);
  });

  it("has no signals of the worker and no statistics of ffmpeg", () => {
    const log = join(folder, "job.log");
    const said = ["playable", "progress is made", "the speed=1x is low"];
    const progress = [
      ...["playable 720p", "progress 40%", "progress 40.5%"],
      "frame=  100 fps= 25 q=28.0 size=     256KiB time=00:00:04.00 bitrate= 524.3kbits/s speed=1.02x",
      "size=N/A time=00:00:04.00 bitrate=N/A speed= 188x",
    ];
    writeFileSync(log, [...said, ...progress].join("\n"));
    assert.deepEqual(logTail(log), said);
  });

  it("is empty without a log, and says why another can't be read", () => {
    assert.deepEqual(logTail(join(folder, "job.log")), []);
    assert.deepEqual(logTail(folder), ["The log can't be read: EISDIR: illegal operation on a directory, read."]);
  });
});
