import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import path from "node:path";

import { resourcesOfType as ofType, type Synthesis } from "../../testing";
import { COMPONENT } from "./encrypted";
import { exampleNames } from "../support/examples";
import { allPrograms, type Programs } from "./programs";

/** Arguments by interface, each with the interface of its value, if it has one: as the reference has them. */
type Interfaces = Map<string, Map<string, string | undefined>>;

function interfaces(): Interfaces {
  const text = readFileSync(path.join(__dirname, "..", "..", "docs", "reference.md"), "utf8");
  const sections = text.split(/^## /m).filter((section) => section.includes("| argument |"));
  return new Map(
    sections.map((section) => [
      /^\w+/.exec(section)![0],
      new Map(
        [...section.matchAll(/^\| `(\w+)`(?: \(required\))? \| (?:\[`(\w+)(?:\[\])?`\])?/gm)].map(([, name, type]) => [
          name as string,
          type,
        ]),
      ),
    ]),
  );
}

/** `Interface.argument` of everything that is given, in a value of an interface. */
function given(known: Interfaces, type: string, value: object): string[] {
  return Object.entries(value).flatMap(([name, entry]) => {
    const inner = known.get(type)?.get(name);
    const below = inner === undefined ? [] : [entry as object].flat().flatMap((one) => given(known, inner, one));
    return [`${type}.${name}`, ...below];
  });
}

/** For arguments with few values: all values that change what is called or created. */
const VALUES: Record<string, string[]> = {
  "ComputeEnvironment.type": ["EC2", "SPOT", "FARGATE", "FARGATE_SPOT"],
  "Approval.defaultAnswer": ["approve", "reject"],
  "Subscription.protocol": ["email", "sqs", "https"],
};

describe("programs whose permissions are proven", () => {
  let programs: Programs;
  before(async () => {
    programs = await allPrograms();
  });
  const pipelines = (synthesis: Synthesis): object[] => ofType(synthesis, COMPONENT).map(({ inputs }) => inputs);

  it("are all folders of examples/, each with a pipeline, whatever they are written in", () => {
    const examples = programs.filter(([name]) => name.startsWith("example "));
    assert.deepEqual(
      examples.map(([name]) => name),
      exampleNames().map((name) => `example ${name}`),
    );
    assert.ok(examples.length >= 10);
    for (const [name, synthesis] of programs) assert.equal(pipelines(synthesis).length, 1, name);
  });

  it("have every argument of the component between them", () => {
    const known = interfaces();
    const all = [...known].flatMap(([type, members]) => [...members.keys()].map((name) => `${type}.${name}`));
    assert.ok(all.length > 150, String(all.length));
    const used = new Set(
      programs
        .flatMap(([, synthesis]) => pipelines(synthesis))
        .flatMap((args) => given(known, "VideoBatchPipelineArgs", args)),
    );
    assert.deepEqual(
      all.filter((name) => !used.has(name)),
      [],
      "Give them in tests/security/everything.ts.",
    );
    assert.deepEqual(
      [...used].filter((name) => !all.includes(name)),
      [],
    );
  });

  it("have every kind of what comes in several kinds", () => {
    const text = JSON.stringify(programs.flatMap(([, synthesis]) => pipelines(synthesis)));
    for (const [argument, values] of Object.entries(VALUES)) {
      const name = argument.split(".")[1];
      const found = new Set([...text.matchAll(new RegExp(`"${name}":"(\\w+)"`, "g"))].map(([, value]) => value));
      if (name === "type") found.add("EC2"); // The default, which "no arguments" has.
      assert.deepEqual(
        values.filter((value) => !found.has(value)),
        [],
        argument,
      );
    }
  });
});
