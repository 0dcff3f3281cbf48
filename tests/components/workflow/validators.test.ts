import { strict as assert } from "node:assert";

import fc from "fast-check";

import type { VideoBatchPipelineArgs } from "../../../index";
import { findings } from "./findings";
import { allStates, workflowOf } from "./support";

function argsFor(renditions: number, parts: number, own: boolean): VideoBatchPipelineArgs {
  const job = { image: "alpine", command: ["echo", "Ref::input", "Ref::output"] };
  return {
    renditions: Array.from({ length: renditions }, (_, index) => ({ name: `r-${index}_x`, height: 64 + 2 * index })),
    parts: Array.from({ length: parts }, (_, index) => ({
      queue: index % 2 === 0 ? "high" : "low",
      ...(index < parts - 1 ? { seconds: 10 } : {}),
    })),
    ...(own ? { jobs: { metadata: job, features: job, transcode: job } } : {}),
  };
}

describe("what is generated", () => {
  it("is found right by both validators at the corners", async () => {
    for (const [renditions, parts] of [
      [1, 1],
      [50, 5],
    ] as const) {
      for (const own of [false, true]) {
        const { definition } = workflowOf(argsFor(renditions, parts, own));
        assert.deepEqual(await findings(definition), [], `${renditions} renditions, ${parts} parts, own: ${own}`);
      }
    }
  });

  it("is found right for any number of renditions and parts", async () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 5 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(sizes, async ([renditions, parts, own]) => {
        const { definition } = workflowOf(argsFor(renditions, parts, own));
        const names = allStates(definition.States).map(([name]) => name);
        assert.equal(new Set(names).size, names.length);
        assert.ok(names.every((name) => name.length <= 80));
        assert.equal(names.filter((name) => /^Transcode_.*-\d+$/.test(name)).length, renditions * parts);
        assert.deepEqual(await findings(definition), []);
      }),
      { numRuns: 8 },
    );
  });

  it("would be found wrong if it were", async () => {
    const { definition } = workflowOf();
    const broken = { ...definition, States: { ...definition.States, "Video Failed": { Type: "Fial" } } };
    assert.notDeepEqual(await findings(broken as never), []);
  });
});
