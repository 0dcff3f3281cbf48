import { ES_MODULE } from "./things";
import type { Files } from "./layouts";

/** Programs in `infra/`, and the file that is run there. */
export const ENTRIES: [what: string, files: Files, entry: string][] = [
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
  [
    "in the folder that main names, where there is no package",
    { "infra/Pulumi.yaml": "main: stacks", "infra/stacks/index.js": "", "infra/index.js": "" },
    "infra/stacks/index.js",
  ],
  [
    "a CommonJS file by its name",
    { "infra/Pulumi.yaml": "main: program.cjs", "infra/program.cjs": "" },
    "infra/program.cjs",
  ],
  [
    "an ES module by its name",
    { "infra/Pulumi.yaml": "main: program.mjs", "infra/program.mjs": "" },
    "infra/program.mjs",
  ],
  [
    "the index of a package of ES modules",
    { "infra/package.json": '{ "type": "module" }', "infra/Pulumi.yaml": "", "infra/index.js": ES_MODULE.js },
    "infra/index.js",
  ],
  [
    "the main of a package of ES modules above",
    {
      "package.json": '{ "type": "module", "exports": "./lib/program.js" }',
      ...{ "lib/program.js": ES_MODULE.js, "infra/Pulumi.yaml": "", "infra/index.js": "" },
    },
    "lib/program.js",
  ],
  [
    "TypeScript in ES modules",
    {
      "infra/package.json": '{ "type": "module" }',
      "infra/tsconfig.json": '{ "compilerOptions": { "module": "esnext", "moduleResolution": "node" } }',
      ...{ "infra/Pulumi.yaml": "", "infra/index.ts": ES_MODULE.ts },
    },
    "infra/index.ts",
  ],
];
