import { strict as assert } from "node:assert";

import type { VideoBatchPipelineArgs } from "../../index";
import { findProblems } from "../../components/checks";
import { IMAGE } from "../support/pipeline";

/** Arguments, and exactly what is wrong with them. Nothing is, where the list is empty. */
export type Refusal = [args: object, reasons: string[]];

/** One test for each: the reasons, all of them, in our own words. */
export function refuses(cases: Refusal[]): void {
  for (const [args, expected] of cases) {
    it(`${expected.length > 0 ? "refuses" : "accepts"} ${JSON.stringify(args).slice(0, 110)}`, () => {
      const problems = findProblems("videos", { ...(args as VideoBatchPipelineArgs), image: IMAGE });
      assert.deepEqual(
        problems.map(({ reason }) => reason),
        expected,
      );
      for (const { propertyPath, reason } of problems) assert.ok(reason.startsWith(`${propertyPath} must `));
    });
  }
}
