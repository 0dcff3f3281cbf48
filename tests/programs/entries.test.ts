import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import { stringify } from "yaml";

import { programs, ROOT } from "../inventory/inventory";
import { typesAndNames } from "../support/engine";
import { readProject, runtimeOf } from "../support/projectFile";
import { runNodeProgram } from "../support/pulumiHost";
import { useRepositoryCopy } from "../support/useRepositoryCopy";

/** Folders with a Pulumi.yaml, below the repository's. */
function projectFolders(folder = ROOT): string[] {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const below = entries.filter(
    (entry) => entry.isDirectory() && !/^(\..+|node_modules|bin|out|sdks|venv)$/.test(entry.name),
  );
  return [
    ...(entries.some(({ name }) => /^Pulumi\.ya?ml$/.test(name)) ? [folder] : []),
    ...below.flatMap(({ name }) => projectFolders(path.join(folder, name))),
  ];
}

function isFile(folder: string, name: string): boolean {
  return fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.isFile() ?? false;
}

describe("every Pulumi.yaml", () => {
  const folders = projectFolders();

  for (const folder of folders) {
    it(`names what to run and where its packages are: ${path.relative(ROOT, path.join(folder, "Pulumi.yaml"))}`, () => {
      const project = readProject(folder);
      switch (runtimeOf(project)) {
        // Without a file, the SDK takes the entry of the nearest package above, which here is the component's.
        case "nodejs":
          assert.ok(project.main !== undefined && isFile(folder, project.main), "main must be the program's file");
          break;
        // These look in their own folder only.
        case "python":
          assert.ok(isFile(folder, "__main__.py"), "the program must be in __main__.py");
          break;
        case "yaml":
          assert.ok("resources" in project, "the program must be in Pulumi.yaml itself");
          break;
        default:
          assert.fail(`Nothing here knows what a program in ${runtimeOf(project)} needs.`);
      }
      for (const directory of Object.values(project.packages ?? {})) {
        assert.ok(isFile(path.join(folder, directory), "PulumiPlugin.yaml"), `${directory} must be a package's folder`);
      }
    });
  }

  it("in TypeScript is run by npm run test:programs or npm run test:consumer", () => {
    const run = [...programs().map(({ directory }) => directory), path.join(ROOT, "examples", "consumer")];
    assert.deepEqual(
      folders.filter((folder) => runtimeOf(readProject(folder)) === "nodejs"),
      [...new Set(run)].sort(),
    );
  });
});

/** `npm run test:programs` shows that every program registers all that it has there, with what `npm run build` makes. */
describe("beside a package that is built", () => {
  const stack = "pulumi:pulumi:Stack::video-batch-pipeline-tutorial-dev";
  const copy = useRepositoryCopy();
  before(() => {
    fs.mkdirSync(path.join(copy().directory, "bin"));
    fs.writeFileSync(path.join(copy().directory, "bin", "index.js"), "");
  });

  it("a program that names no entry registers nothing but the stack", async () => {
    const folder = path.join(copy().directory, "examples", "tutorial");
    fs.writeFileSync(path.join(folder, "Pulumi.yaml"), stringify({ ...readProject(folder), main: undefined }));
    const { exitCode, registrations } = await runNodeProgram(folder);
    assert.deepEqual([exitCode, typesAndNames(registrations)], [0, [stack]]);
  });
});
