import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { programs, recordedResources, ROOT, type InventoriedProgram } from "../inventory/inventory";
import { useRepositoryCopy } from "../support/useRepositoryCopy";
import { assertGone, assertNothingWrong } from "./assertions";
import { useRealEngine } from "./useRealEngine";

/** Types of resources that stay in AWS, because the program says so. */
const RETAINED: Record<string, RegExp> = { "stack-prod": /^aws:s3\// };

/** What has to be done before a stack with protected resources can be destroyed. */
const UNPROTECT: Record<string, string[]> = {
  "stack-prod": ["config", "set", "--path", "storage.protect", "false", "--stack", "prod"],
  "example-changed-from-outside": ["state", "unprotect", "--all", "--yes", "--stack", "dev"],
};

/** `npm run test:engine`: every stack and every example in TypeScript, from nothing to nothing. */
describe("on Pulumi's own engine", () => {
  const engine = useRealEngine();
  const copy = useRepositoryCopy();

  for (const program of programs()) {
    it(`${program.name} is deployed as recorded, has nothing to do after that, and is destroyed`, async () => {
      const directory = path.join(copy().directory, path.relative(ROOT, program.directory));
      const stack = await engine().stackIn({ name: program.stack ?? "dev", directory });
      const expected = recordedSteps(program);
      for (const arn of arnsIn(directory)) engine().account.others.add(arn);

      for (const operation of ["preview", "up"] as const) {
        const { error, steps } = await stack[operation]();
        assert.equal(error, undefined);
        assert.deepEqual(recordedAmong(steps, expected), expected, operation);
      }
      for (const operation of ["preview", "refresh"] as const) {
        const { error, steps } = await stack[operation]();
        assert.deepEqual({ error, steps }, { error: undefined, steps: [] }, operation);
      }

      const unprotect = UNPROTECT[program.name];
      if (unprotect) {
        const { status, stderr } = await engine().cli(unprotect, { cwd: directory });
        assert.equal(status, 0, stderr);
        if (unprotect[0] === "config") assert.equal((await stack.up()).error, undefined);
      }
      assert.equal((await stack.destroy()).error, undefined);
      const { name: project } = await stack.stack.workspace.projectSettings();
      assertGone(engine().account, project, RETAINED[program.name]);
      assertNothingWrong(engine().account);
    });
  }
});

function recordedSteps(program: InventoriedProgram): string[] {
  return recordedResources(program)
    .map((resource) => `create ${resource.replace(/^.*:(\w+)::/, "$1 ")}`)
    .sort();
}

/** Leaves out the stack, its providers, and what awsx makes its components of. */
function recordedAmong(steps: string[], expected: string[]): string[] {
  return [...new Set(steps)].filter((step) => expected.includes(step)).sort();
}

/** ARNs that a program has in its text, of what exists already. */
function arnsIn(directory: string): string[] {
  const file = path.join(directory, "index.ts");
  return existsSync(file) ? (readFileSync(file, "utf8").match(/arn:aws:[^"`]+/g) ?? []) : [];
}
