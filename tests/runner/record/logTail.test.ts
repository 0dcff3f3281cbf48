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

  it("is empty without a log, and says why another can't be read", () => {
    assert.deepEqual(logTail(join(folder, "job.log")), []);
    assert.deepEqual(logTail(folder), ["The log can't be read: EISDIR: illegal operation on a directory, read."]);
  });
});
