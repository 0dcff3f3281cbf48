import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Folders with a program in `infra/`, and the file that is run there. The files print their names. */
export const LAYOUTS: [what: string, files: Record<string, string>, entry: string][] = [
  [
    "the file that main names, whatever the package has",
    {
      "package.json": '{ "main": "built.js" }',
      "built.js": "",
      "infra/Pulumi.yaml": "main: own.ts",
      "infra/own.ts": "",
    },
    "infra/own.ts",
  ],
  [
    "the folder's TypeScript, where there is no package",
    { "infra/Pulumi.yaml": "", "infra/index.ts": "" },
    "infra/index.ts",
  ],
  [
    "the folder's JavaScript before its TypeScript",
    { "infra/Pulumi.yaml": "", "infra/index.ts": "", "infra/index.js": "" },
    "infra/index.js",
  ],
  [
    "the main of the folder's own package",
    {
      "infra/package.json": '{ "main": "lib" }',
      "infra/Pulumi.yaml": "",
      "infra/lib/index.js": "",
      "infra/index.ts": "",
    },
    "infra/lib/index.js",
  ],
  [
    "the main of a package above, once it is built",
    { "package.json": '{ "main": "bin/index.js" }', "bin/index.js": "", "infra/Pulumi.yaml": "", "infra/index.ts": "" },
    "bin/index.js",
  ],
  [
    "the folder's program, as long as the package above is not built",
    { "package.json": '{ "main": "bin/index.js" }', "infra/Pulumi.yaml": "", "infra/index.ts": "" },
    "infra/index.ts",
  ],
  [
    "what the package exports before its main",
    {
      "package.json": '{ "main": "main.js", "exports": { ".": { "types": "./x.d.ts", "default": "./exported.js" } } }',
      ...{ "main.js": "", "exported.js": "", "infra/Pulumi.yaml": "", "infra/index.ts": "" },
    },
    "exported.js",
  ],
  [
    "a package above, for a main that is a folder too",
    {
      "package.yaml": "exports: ./exported.js",
      ...{ "exported.js": "", "infra/Pulumi.yaml": "main: stacks", "infra/stacks/index.ts": "" },
    },
    "exported.js",
  ],
  [
    "the folder's program, for a package that exports other things only",
    {
      "package.json": '{ "main": "main.js", "exports": { "./tools": "./main.js" } }',
      ...{ "main.js": "", "infra/Pulumi.yaml": "", "infra/index.js": "" },
    },
    "infra/index.js",
  ],
];

/** One that Pulumi fails with. */
export const NESTED_EXPORTS = {
  "package.json": '{ "exports": { ".": { "import": { "default": "./a.js" } } } }',
  ...{ "a.js": "", "infra/Pulumi.yaml": "", "infra/index.js": "" },
};

/** Passes the folder that the files are in. */
export async function withLayout(
  files: Record<string, string>,
  use: (directory: string) => Promise<void> | void,
): Promise<void> {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), "entry-")));
  try {
    symlinkSync(path.resolve(__dirname, "../../../node_modules"), path.join(directory, "node_modules"));
    write(directory, files);
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function write(directory: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(directory, name);
    mkdirSync(path.dirname(file), { recursive: true });
    const project = name.endsWith("Pulumi.yaml") ? "name: demo\nruntime: nodejs\n" : "";
    writeFileSync(file, /\.[jt]s$/.test(name) ? "console.log(__filename);\n" : project + text);
  }
}
