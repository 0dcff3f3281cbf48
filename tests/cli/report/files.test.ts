import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { existingPaths, openRunFiles, type RunFiles } from "../../../cli/report/files";

describe("the files of a local run", () => {
  let directory: string;
  let warnings: string[];
  let files: RunFiles;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "run-files-"));
    warnings = [];
    files = openRunFiles({ video: "/clip.mp4" }, directory, (sentence) => warnings.push(sentence));
    mkdirSync(join(directory, "output", "hls"), { recursive: true });
    writeFileSync(join(directory, "output", "manifest.json"), "{}");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it("are read, and nothing is said of those that are missing", async () => {
    assert.deepEqual(await files.output.json("manifest.json"), {});
    assert.equal(await files.output.text("plan.json"), undefined);
    assert.deepEqual(await existingPaths(files.output, ["plan.json", "manifest.json"]), [
      join(directory, "output", "manifest.json"),
    ]);
    assert.deepEqual(warnings, []);
  });

  it("that can't be read are named, once for each reason", async () => {
    writeFileSync(join(directory, "output", "plan.json"), "half a pl");
    for (const name of ["hls", ""]) assert.equal(await files.output.text(name), undefined);
    assert.equal(await files.output.json("plan.json"), undefined);
    assert.equal(warnings.length, 2);
    assert.equal(
      warnings[0],
      `${join(directory, "output", "hls")} can't be read: EISDIR: illegal operation on a directory, read.`,
    );
    assert.match(warnings[1]!, new RegExp(`^${join(directory, "output", "plan.json")} can't be read: .*JSON.*\\.$`));
  });
});
