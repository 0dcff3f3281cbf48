import { strict as assert } from "node:assert";
import * as path from "node:path";

import { LAYOUTS, withLayout } from "../runner/synthesis/entryLayouts";
import { runNodeProgram } from "../support/pulumiHost";

describe("the entry of a Pulumi program, for Pulumi's SDK as for the local run", () => {
  for (const [what, files, entry] of LAYOUTS) {
    it(`is ${what}`, () =>
      withLayout(files, async (directory) => {
        const { exitCode, errors } = await runNodeProgram(path.join(directory, "infra"));
        assert.deepEqual([exitCode, errors.trim()], [0, path.join(directory, entry)]);
      }));
  }
});
