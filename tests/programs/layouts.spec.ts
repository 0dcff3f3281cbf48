import { strict as assert } from "node:assert";
import * as path from "node:path";

import { assertSame } from "./both";
import { ENTRIES } from "./entries";
import { withLayout } from "./layouts";
import { FAILURES, PROGRAMS } from "./programs";

/** `npm run test:programs`: takes a minute or two, because Pulumi's SDK loads and compiles each program anew. */
describe("a Pulumi program, for Pulumi's SDK as for the evaluation here", () => {
  for (const [what, files, entry] of ENTRIES) {
    it(`is ${what}`, () =>
      withLayout(files, async (directory) => {
        const registered = await assertSame(path.join(directory, "infra"));
        assert.ok("registrations" in registered, JSON.stringify(registered));
        assert.equal(registered.registrations[0]?.inputs["file"], path.join(directory, entry));
      }));
  }

  for (const [what, files] of Object.entries(PROGRAMS)) {
    it(what, () =>
      withLayout(files, async (directory) => {
        const registered = await assertSame(path.join(directory, "infra"));
        assert.ok("registrations" in registered, JSON.stringify(registered));
        assert.notDeepEqual(registered, { registrations: [], outputs: {} });
      }),
    );
  }

  for (const [what, files] of Object.entries(FAILURES)) {
    it(`fails: it ${what}`, () =>
      withLayout(files, async (directory) => {
        assert.ok("error" in (await assertSame(path.join(directory, "infra"))));
      }));
  }
});
