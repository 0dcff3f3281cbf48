import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { VARIABLES } from "../../../../components/workflow/jsonata/variables";
import { everyState } from "../../../../contract/asl";
import { workflowOf } from "../support";

const WORKFLOW = path.join(__dirname, "../../../../components/workflow");
const ROOM = "jsonata";

describe("the room of JSONata", () => {
  it("has all of it: no other file of the workflow names a variable or a function of JSONata", () => {
    const files = fs
      .readdirSync(WORKFLOW, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"));
    const others = files.filter((file) => !file.startsWith(ROOM + path.sep));
    assert.ok(others.length > 20 && others.length < files.length);
    const found = others.filter((file) => namesJsonata(fs.readFileSync(path.join(WORKFLOW, file), "utf8")));
    assert.deepEqual(found, []);
  });

  it("would find it", () => {
    assert.ok(namesJsonata('const size = "$count($chunks)";'));
    assert.ok(namesJsonata("const all = `${wanted} in $renditions`;"));
    assert.ok(namesJsonata("const written = `{% ${code} %}`;"));
    assert.ok(!namesJsonata("/** Reads `$input`. */ const text = `${name}: ${1}`; // $input"));
  });

  it("knows every variable that the workflow assigns, and no other", () => {
    const policy = { continueOnRenditionFailure: true, continueOnFeaturesFailure: true };
    const fairShare = { defaultShare: "rest" };
    const queues = ["high", "low"].map((name, index) => ({ name, priority: 10 - index, fairShare }));
    const { definition } = workflowOf({
      ...{ approval: {}, events: {}, workflow: policy, queues },
      trigger: { events: { pattern: {}, sample: {} } },
    });
    const assigned = everyState(definition).flatMap(({ state }) => [
      ...assignedIn(state),
      ...("Catch" in state ? (state.Catch ?? []) : []).flatMap(assignedIn),
      ...("Choices" in state ? state.Choices : []).flatMap(assignedIn),
    ]);
    assert.deepEqual([...new Set(assigned)].sort(), Object.keys(VARIABLES).sort());
    for (const [name, code] of Object.entries(VARIABLES)) assert.equal(code, `$${name}`);
  });
});

/** In the code of a file, its comments apart. `${…}` is TypeScript's. */
function namesJsonata(source: string): boolean {
  const code = source.replace(/\/\*.*?\*\/|\/\/ .*$/gms, "");
  return /\$[A-Za-z]|{%/.test(code);
}

function assignedIn(part: object): string[] {
  return Object.keys((part as { Assign?: object }).Assign ?? {});
}
