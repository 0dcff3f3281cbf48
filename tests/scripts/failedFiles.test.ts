import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { ROOT } from "../support/commandLine";

/** What `npm run test:engine` runs once more. */
describe("the reporter that names the files with failures", () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), "failed-files-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function run(files: Record<string, string>): { stdout: string; list: string } {
    const names = Object.keys(files).map((name) => path.join(folder, name));
    for (const name of names) writeFileSync(name, files[path.basename(name)]!);
    const list = path.join(folder, "list");
    const reporter = ["--reporter", "./scripts/failedFiles.cjs", "--reporter-option", `output=${list}`];
    const mocha = path.join(ROOT, "node_modules/mocha/bin/mocha.js");
    const options = { cwd: ROOT, encoding: "utf8" } as const;
    const { stdout } = spawnSync(
      process.execPath,
      [mocha, "--no-config", "--parallel", ...reporter, ...names],
      options,
    );
    return { stdout, list };
  }

  it("writes each once, also where only a hook failed, and prints what Mocha prints", () => {
    const { stdout, list } = run({
      "tests.js": `it("a", () => { throw new Error("A"); }); it("b", () => { throw new Error("B"); });`,
      "hook.js": `describe("c", () => { before(() => { throw new Error("C"); }); it("c", () => {}); });`,
      "passing.js": `it("d", () => {});`,
    });
    const expected = ["hook.js", "tests.js"].map((name) => path.join(folder, name));
    assert.deepEqual(readFileSync(list, "utf8").split("\n").sort(), expected);
    assert.match(stdout, /1 passing.*3 failing.*Error: /s);
  });

  it("writes nothing when all pass", () => {
    assert.equal(existsSync(run({ "passing.js": `it("d", () => {});` }).list), false);
  });
});
