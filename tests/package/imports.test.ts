import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { pulumiModules } from "../../bench/imports";

const ROOT = path.join(__dirname, "..", "..");

interface LoadedModule {
  file: string;
  bytes: number;
}

/** The files that Node loads for some modules, without those of the compiler. */
function loadedBy(...modules: string[]): LoadedModule[] {
  const script = `const before = Object.keys(require.cache);
    ${modules.map((name) => `require(${JSON.stringify(name)});`).join("")}
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.includes(file))));`;
  const args = ["-r", path.join(ROOT, "scripts", "ts-node.cjs"), "-e", script];
  const files = JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" })) as string[];
  return files.map((file) => ({ file, bytes: fs.statSync(file).size }));
}

describe("importing the component", () => {
  let ours: LoadedModule[];
  let theirs: LoadedModule[];
  before(() => {
    theirs = loadedBy(...pulumiModules());
    ours = loadedBy("./index.ts");
  });

  it("takes no package along that the aws modules do not need themselves", () => {
    const known = new Set(theirs.map(({ file }) => file));
    const more = ours.map(({ file }) => path.relative(ROOT, file)).filter((file) => !known.has(path.join(ROOT, file)));
    assert.ok(more.length > 50);
    assert.deepEqual(
      more.filter((file) => file !== "index.ts" && !/^(?:components|contract)[\\/]/.test(file)),
      [],
    );
  });

  // Their number says little: the component's are many and small. What the import costs, `npm run bench -- imports` measures.
  it("adds less than an eighth to the bytes", () => {
    const bytes = (modules: LoadedModule[]): number => modules.reduce((sum, module) => sum + module.bytes, 0);
    assert.ok(bytes(ours) < 1.125 * bytes(theirs), `${bytes(ours)} bytes, ${bytes(theirs)} without the component`);
  });
});
