import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { ROOT } from "../support/commandLine";
import { gone } from "../support/processes";

describe("scripts/sideBySide.mjs", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "side-by-side-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const sideBySide = (...args: string[]) =>
    spawnSync(process.execPath, [path.join(ROOT, "scripts", "sideBySide.mjs"), ...args], {
      cwd: directory,
      encoding: "utf8",
      env: { ...process.env, npm_config_loglevel: "silent" },
    });

  it("prints each script when it ends, and ends the others and what they have started if one fails", async () => {
    const scripts = {
      // Goes on until it is ended, as does what it has started.
      endless: "echo begun && (sleep 60 & echo $! > pid; wait)",
      says: "echo",
      // Waits for the first, which runs all the time.
      fails: "until test -s pid; do sleep 0.05; done; echo no >&2; exit 3",
      late: "echo late",
    };
    writeFileSync(path.join(directory, "package.json"), JSON.stringify({ scripts }));
    const { status, stdout, stderr } = sideBySide("2", "endless", "says -- a --b", "fails", "late");
    assert.equal(
      stdout.replace(/\d+ s$/gm, "0 s"),
      "a --b\n\nnpm run says -- a --b: after 0 s\nno\n\nnpm run fails: failed after 0 s\n",
    );
    assert.equal(stderr, "`npm run fails` failed with exit code 3. Ended before they were done: endless.\n");
    assert.equal(status, 1);
    await gone(Number(readFileSync(path.join(directory, "pid"), "utf8")));
  });

  it("succeeds when all have", () => {
    writeFileSync(path.join(directory, "package.json"), JSON.stringify({ scripts: { one: "true", two: "true" } }));
    const { status, stdout } = sideBySide("1", "one", "two");
    assert.deepEqual([status, stdout.match(/^npm run .*(?=:)/gm)], [0, ["npm run one", "npm run two"]]);
  });

  it("needs a number of lanes, and scripts", () => {
    const { status, stderr } = sideBySide("test", "types");
    assert.deepEqual(
      [status, stderr],
      [2, "sideBySide.mjs takes a number of lanes and scripts. Received test types.\n"],
    );
  });
});
