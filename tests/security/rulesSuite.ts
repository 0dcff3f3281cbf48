import { strict as assert } from "node:assert";

import type { Synthesis, SynthesisedResource } from "../../testing";
import { allPrograms, type Programs } from "./programs";
import { RULES } from "./rules";

const kindOf = ({ type }: SynthesisedResource): string => type.split(":").at(-1)!;

/** What breaks a rule in a program. */
function found(rule: (typeof RULES)[number], synthesis: Synthesis): string[] {
  return synthesis.resources
    .filter((resource) => rule.types.includes(kindOf(resource)))
    .flatMap((resource) =>
      rule.violations(resource.inputs, resource, synthesis).map((text) => `${resource.name}: ${text}`),
    );
}

/** Programs that have what others have not: an image that is built, a table, a function. */
const ELSEWHERE: Record<string, string> = {
  Repository: "stack prod",
  Table: "example around-the-pipeline",
  Function: "example event-bus",
};

describe("AWS security rules", () => {
  let programs: Programs;
  before(async () => {
    programs = await allPrograms();
  });

  for (const rule of RULES) {
    it(rule.rule, () => {
      const of = programs.map(([program, synthesis]) => [program, found(rule, synthesis)] as const);
      assert.deepEqual(
        of.filter(([, violations]) => violations.length > 0),
        [],
      );
      assert.match(rule.source, /^https:\/\/(docs|repost)\.aws/);

      const [type, change, violation] = rule.breaks;
      const [, whole] = programs.find(([name]) => name === (ELSEWHERE[type] ?? "everything"))!;
      const at = whole.resources.findIndex((resource) => kindOf(resource) === type);
      assert.ok(at >= 0, `there is no ${type} to break`);
      const broken = { ...whole.resources[at]!, inputs: change(whole.resources[at]!.inputs) };
      const violations = found(rule, { ...whole, resources: whole.resources.with(at, broken) });
      assert.ok(
        violations.some((text) => text.endsWith(`: ${violation}`)),
        `broken, it found ${JSON.stringify(violations)}`,
      );
    });
  }
});
