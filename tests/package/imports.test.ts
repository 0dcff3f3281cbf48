import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.join(__dirname, "..", "..");

interface LoadedModule {
  file: string;
  bytes: number;
}

/** The files that Node holds after some modules were imported, compiled as in these tests. */
function loadedBy(...modules: string[]): LoadedModule[] {
  const script = `${modules.map((name) => `require(${JSON.stringify(name)});`).join("")}
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  const args = ["-r", require.resolve("esbuild-register"), "-e", script];
  const files = JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" })) as string[];
  return files.map((file) => ({ file, bytes: fs.statSync(file).size }));
}

/** The packages of Pulumi that the component's files import for more than their types. */
function pulumiModules(): string[] {
  const files = fs
    .readdirSync(path.join(ROOT, "components"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => fs.readFileSync(path.join(ROOT, "components", file), "utf8"));
  const imports = files.flatMap((text) => [...text.matchAll(/^import (?!type )[^;]*? from "(@pulumi\/[^"]+)";/gm)]);
  return [...new Set(imports.map(([, name]) => name as string))].sort();
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
      more.filter((file) => file !== "index.ts" && !file.startsWith(`components${path.sep}`)),
      [],
    );
  });

  it("adds less than a tenth to the files, and to their bytes", () => {
    const bytes = (modules: LoadedModule[]): number => modules.reduce((sum, module) => sum + module.bytes, 0);
    assert.ok(ours.length < 1.1 * theirs.length, `${ours.length} files, ${theirs.length} without the component`);
    assert.ok(bytes(ours) < 1.1 * bytes(theirs), `${bytes(ours)} bytes, ${bytes(theirs)} without the component`);
  });
});
