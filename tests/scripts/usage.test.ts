import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const SCRIPTS: [script: string, ...program: string[]][] = [
  ["setup", "scripts/setup.mjs"],
  ["demo", "scripts/demo.mjs"],
  ["models", "scripts/serviceModels.mjs"],
  ["test:matrix", "scripts/matrix.mjs"],
  ["test:ffmpeg", "scripts/ffmpegs.mjs"],
  ["bench", "-r", "./scripts/ts-node.cjs", "bench/main.ts"],
];

describe("scripts with arguments", () => {
  const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };

  for (const [script, ...program] of SCRIPTS) {
    it(`npm run ${script} -- --help describes them and does nothing else`, () => {
      assert.ok(scripts[script]?.includes(program.join(" ")), "package.json has another program");
      const { status, stdout, stderr } = node(...program, "--help");
      assert.deepEqual([status, stderr], [0, ""]);
      assert.ok(stdout.startsWith(`Usage: npm run ${script} [-- `), stdout);
      assert.ok(stdout.split("\n").every((line) => line.length <= 120));
    });
  }

  it("refuse an option that they don't have", () => {
    const { status, stdout, stderr } = node("scripts/matrix.mjs", "--fast");
    assert.deepEqual([status, stdout], [2, ""]);
    assert.ok(stderr.startsWith("There is no option --fast.\n\nUsage: npm run test:matrix [-- MAJOR …]\n"), stderr);
  });
});
