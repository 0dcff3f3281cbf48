import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const PROJECT = path.resolve(__dirname, "../..");

describe("scripts/typescript.cjs", () => {
  let directory: string;
  let root: string;

  beforeEach(() => {
    directory = realpathSync(mkdtempSync(path.join(tmpdir(), "typescript-")));
    root = path.join(directory, "repository");
    mkdirSync(path.join(root, "scripts"), { recursive: true });
    mkdirSync(path.join(root, "node_modules"));
    symlinkSync(path.join(PROJECT, "node_modules", "esbuild"), path.join(root, "node_modules", "esbuild"));
    copyFileSync(path.join(PROJECT, "scripts", "typescript.cjs"), path.join(root, "scripts", "typescript.cjs"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function run(file: string): { status: number | null; stdout: string; stderr: string } {
    const hook = path.join(root, "scripts", "typescript.cjs");
    return spawnSync(process.execPath, ["-r", hook, file], { cwd: directory, encoding: "utf8" });
  }

  const cache = (): string => path.join(root, "node_modules", ".cache", "video-batch-pipeline");

  it("compiles a file once, and anew when it has changed", () => {
    const file = path.join(root, "main.ts");
    writeFileSync(file, "#!/usr/bin/env node\nconst said: string = 'first';\nconsole.log(said);\n");
    assert.equal(run(file).stdout, "first\n");
    const [entry, ...others] = readdirSync(cache()).map((name) => path.join(cache(), name));
    assert.ok(entry);
    assert.deepEqual(others, []);
    writeFileSync(entry, readFileSync(entry, "utf8").replace("first", "kept"));
    assert.equal(run(file).stdout, "kept\n");
    writeFileSync(file, "const said: string = 'second';\nconsole.log(said);\n");
    assert.equal(run(file).stdout, "second\n");
    assert.equal(readdirSync(cache()).length, 1);
  });

  it("keeps nothing of programs from elsewhere", () => {
    const file = path.join(directory, "program.ts");
    writeFileSync(file, "const said: string = 'elsewhere';\nconsole.log(said);\n");
    assert.equal(run(file).stdout, "elsewhere\n");
    assert.equal(existsSync(cache()), false);
  });

  it("tells of an error by its place in the source", () => {
    const file = path.join(root, "main.ts");
    writeFileSync(file, "interface Erased {\n  member: string;\n}\n\nthrow new Error('here');\n");
    for (let round = 0; round < 2; round++) assert.match(run(file).stderr, /main\.ts:5:7/);
  });
});
