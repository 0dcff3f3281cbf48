import { strict as assert } from "node:assert";
import * as path from "node:path";

import "@pulumi/aws/s3";

import { assertSame, registeredHere } from "./both";
import { ENTRIES } from "./entries";
import { withLayout, type Files } from "./layouts";
import { FAILURES, PROGRAMS } from "./programs";

/** `npm run test:programs` shows that Pulumi's SDK runs the same files, in TypeScript and ES modules too. */
describe("the entry of a program in CommonJS", () => {
  for (const [what, files, entry] of ENTRIES.filter(([, , file]) => /\.c?js$/.test(file)).filter(isCommonJs)) {
    it(`is ${what}`, () =>
      withLayout(files, async (directory) => {
        const registered = await registeredHere(path.join(directory, "infra"));
        assert.ok("registrations" in registered, JSON.stringify(registered));
        assert.equal(registered.registrations[0]?.inputs["file"], path.join(directory, entry));
      }));
  }
});

function isCommonJs([, files]: (typeof ENTRIES)[number]): boolean {
  return !Object.values(files).some((text) => text.includes('"type": "module"'));
}

/** `npm run test:programs` has all of them. These need no compiler. */
const QUICK = [
  "has components, options and dependencies",
  // The import above has loaded the package before the program does.
  "uses a package that registers more when the process is about to exit",
];

describe("a program, for Pulumi's SDK as for the evaluation here", () => {
  for (const what of QUICK) {
    it(what, () =>
      withLayout(PROGRAMS[what] as Files, async (directory) => {
        assert.ok("registrations" in (await assertSame(path.join(directory, "infra"))));
      }),
    );
  }

  it("fails where it throws in a timer", () =>
    withLayout(FAILURES["throws in a timer"] as Files, async (directory) => {
      assert.deepEqual(await assertSame(path.join(directory, "infra")), { error: "It has had enough." });
    }));
});
