import assert from "node:assert/strict";
import path from "node:path";

import { loadProgram } from "../../../runner/synthesis/program";
import { LAYOUTS, NESTED_EXPORTS, withLayout } from "./entryLayouts";

/** `npm run test:programs` shows that Pulumi's SDK runs the same files. */
describe("the entry of a Pulumi program", () => {
  for (const [what, files, entry] of LAYOUTS) {
    it(`is ${what}`, () =>
      withLayout(files, (directory) => {
        const program = loadProgram({ directory: path.join(directory, "infra") });
        assert.equal(path.relative(directory, program.entry), entry);
      }));
  }

  it("is nothing that is exported under further conditions, which Pulumi does not read", () =>
    withLayout(NESTED_EXPORTS, (directory) => {
      assert.throws(() => loadProgram({ directory: path.join(directory, "infra") }), {
        message: `${directory}/package.json exports {"default":"./a.js"}, but Pulumi needs a file. Name the program in Pulumi.yaml, as in main: index.ts.`,
      });
    }));
});
