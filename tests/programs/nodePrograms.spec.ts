import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import * as path from "node:path";

import { programs, recordedResources, ROOT } from "../inventory/inventory";
import { typesAndNames } from "../support/engine";
import { useRepositoryCopy } from "../support/useRepositoryCopy";
import { assertSame } from "./both";

function build(directory: string): void {
  execFileSync(process.execPath, [path.join(directory, "scripts", "build.mjs")], { stdio: "pipe" });
}

/** `npm run test:programs`: takes a minute or two, because Pulumi loads and compiles each program anew. `test:engine` does it in a clone. */
describe("every program in TypeScript, started as Pulumi starts it beside bin/, as npm ci and npm run build make it", () => {
  const copy = useRepositoryCopy();
  before(() => build(copy().directory));

  for (const program of programs()) {
    it(`registers exactly what is evaluated and recorded of ${program.name}`, async () => {
      const directory = path.join(copy().directory, path.relative(ROOT, program.directory));
      const registered = await assertSame(directory, program.stack);
      assert.ok("registrations" in registered, JSON.stringify(registered));
      assert.deepEqual(typesAndNames(registered.registrations), [...recordedResources(program)].sort());
    });
  }
});
