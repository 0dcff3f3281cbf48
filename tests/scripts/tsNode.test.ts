import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { create } from "ts-node";

import { loadProgram } from "../../runner/synthesis/program";
import { programs } from "../inventory/inventory";

const ROOT = path.resolve(__dirname, "../..");

describe("ts-node", () => {
  it("reports an error at its place in the source, also where it was compiled before", () => {
    const directory = realpathSync(mkdtempSync(path.join(tmpdir(), "ts-node-")));
    try {
      for (const folder of ["scripts", "node_modules"]) mkdirSync(path.join(directory, folder));
      for (const file of ["scripts/ts-node.cjs", "tsconfig.ts-node.json", "tsconfig.json"]) {
        copyFileSync(path.join(ROOT, file), path.join(directory, file));
      }
      for (const name of ["ts-node", "typescript", "@swc"]) {
        symlinkSync(path.join(ROOT, "node_modules", name), path.join(directory, "node_modules", name));
      }
      const file = path.join(directory, "main.ts");
      const hook = path.join(directory, "scripts", "ts-node.cjs");
      for (const { lines, place } of [
        { lines: 3, place: "5:7" },
        { lines: 3, place: "5:7" },
        { lines: 6, place: "8:7" },
      ]) {
        const erased = ["interface Erased {", ...Array<string>(lines - 2).fill("  member: string;"), "}"].join("\n");
        writeFileSync(file, `${erased}\n\nthrow new Error('here');\n`);
        // From a folder that has no tsconfig.json.
        const { stderr } = spawnSync(process.execPath, ["-r", hook, file], { cwd: tmpdir(), encoding: "utf8" });
        assert.match(stderr, new RegExp(`^ {4}at .* \\(${file}:${place}\\)$`, "m"));
      }
      const kept = readdirSync(path.join(directory, "node_modules", ".cache", "compiled"));
      assert.deepEqual(kept, ["main.ts.js"]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it("runs the command line from its sources, in any folder", () => {
    const args = [path.join(ROOT, "scripts", "vbp.mjs"), "--help"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: tmpdir(), encoding: "utf8" });
    assert.equal(stderr, "");
    assert.match(stdout, /^Usage: video-batch-pipeline /);
  });

  it("compiles again what it did, after a program was evaluated with its own compiler", () => {
    const script = `const { loadProgram } = require("./runner/synthesis/program");
      const { synthesiseProgram } = require("./runner/synthesis/evaluation");
      const before = require.extensions[".ts"];
      synthesiseProgram(loadProgram({ directory: "examples/tutorial" })).then(({ resources }) =>
        console.log(resources.length > 0, require.extensions[".ts"] === before));`;
    const args = ["-r", path.join(ROOT, "scripts", "ts-node.cjs"), "-e", script];
    assert.equal(spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" }).stdout, "true true\n");
  });

  for (const { name, directory, stack } of programs()) {
    it(`compiles ${name} with SWC when Pulumi runs it`, () => {
      const { workingDirectory } = loadProgram({ directory, stack });
      assert.equal(create({ cwd: workingDirectory, project: "tsconfig.json" }).options.swc, true);
    });
  }

  it("checks types with the tsconfig.json of the root, which Pulumi requires where a plugin is started", () => {
    const { options, config } = create({ cwd: ROOT, project: "tsconfig.json", typeCheck: true });
    assert.deepEqual([options.swc, config.options["strict"]], [undefined, true]);
  });
});
