import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { ROOT } from "../support/commandLine";

interface Script {
  linkPackages: (repository: string, clone: string) => void;
}

describe("the packages of a clone", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "packages-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("are those of the repository, which keeps its own whatever npm removes or writes in the clone", async () => {
    const { linkPackages } = (await import(path.join(ROOT, "scripts", "linkPackages.mjs"))) as Script;
    const of = (root: string, ...parts: string[]): string => path.join(folder, root, "node_modules", ...parts);
    for (const name of ["one", "@scope/two", ".bin"]) mkdirSync(of("repository", name), { recursive: true });
    for (const file of ["one/index.js", "@scope/two/index.js", ".bin/program", ".stamp"])
      writeFileSync(of("repository", file), file);
    mkdirSync(path.join(folder, "clone"));
    linkPackages(path.join(folder, "repository"), path.join(folder, "clone"));
    assert.deepEqual(readdirSync(of("clone")).sort(), [".bin", ".stamp", "@scope", "one"]);
    assert.equal(readFileSync(of("clone", "@scope", "two", "index.js"), "utf8"), "@scope/two/index.js");

    writeFileSync(of("clone", ".stamp"), "another");
    writeFileSync(of("clone", ".bin", "program"), "another");
    for (const name of readdirSync(of("clone"))) rmSync(of("clone", name), { recursive: true });
    assert.equal(readFileSync(of("repository", ".stamp"), "utf8"), ".stamp");
    assert.equal(readFileSync(of("repository", ".bin", "program"), "utf8"), ".bin/program");
    assert.ok(existsSync(of("repository", "one", "index.js")));
  });
});
