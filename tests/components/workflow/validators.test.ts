import { strict as assert } from "node:assert";

import fc from "fast-check";

import type { VideoBatchPipelineArgs } from "../../../index";
import { everyState } from "../../../contract/asl";
import { checkDefinition } from "../../../runner/stateMachine/check";
import { taskHandlers } from "../../../runner/integrations/resources";
import { BatchService } from "../../../runner/batch/service";
import { ScriptedLauncher } from "../../../runner/batch/launchers/scriptedLauncher";
import { VirtualClock } from "../../../runner/clock/clock";
import { definitionText, MAX_DEFINITION_BYTES } from "../../../components/workflow/definitionText";
import { findings } from "./findings";
import { workflowOf } from "./support";

const clock = new VirtualClock();
const launcher = new ScriptedLauncher(clock, () => ({ seconds: 1 }));
const configuration = { computeEnvironments: [], queues: [], jobDefinitions: [] };
const HANDLERS = taskHandlers({ batch: new BatchService({ configuration, launcher, clock }), clock });

interface Shape {
  renditions: number;
  parts: number;
  own: boolean;
  continueOnRenditionFailure: boolean;
  continueOnFeaturesFailure: boolean;
  partialOutcome: string;
  approval?: string;
}

const SHAPE: fc.Arbitrary<Shape> = fc.record(
  {
    renditions: fc.integer({ min: 1, max: 50 }),
    parts: fc.integer({ min: 1, max: 5 }),
    own: fc.boolean(),
    continueOnRenditionFailure: fc.boolean(),
    continueOnFeaturesFailure: fc.boolean(),
    partialOutcome: fc.constantFrom("succeed", "fail"),
    approval: fc.constantFrom("approve", "reject"),
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      "renditions",
      "parts",
      "own",
      "continueOnRenditionFailure",
      "continueOnFeaturesFailure",
      "partialOutcome",
    ],
  },
);

const LARGEST: Shape = {
  renditions: 50,
  parts: 5,
  own: false,
  continueOnRenditionFailure: true,
  continueOnFeaturesFailure: true,
  partialOutcome: "fail",
  approval: "reject",
};

function argsFor({ renditions, parts, own, partialOutcome, approval, ...policy }: Shape): VideoBatchPipelineArgs {
  const job = { image: "alpine", command: ["echo", "Ref::input", "Ref::output"] };
  const continuesOnFailure = policy.continueOnRenditionFailure || policy.continueOnFeaturesFailure;
  return {
    renditions: Array.from({ length: renditions }, (_, index) => ({ name: `r-${index}_x`, height: 64 + 2 * index })),
    parts: Array.from({ length: parts }, (_, index) => ({
      queue: index % 2 === 0 ? "high" : "low",
      ...(index < parts - 1 ? { seconds: 10 } : {}),
    })),
    ...(own ? { jobs: { metadata: job, features: job, transcode: job } } : {}),
    workflow: { ...policy, ...(continuesOnFailure ? { partialOutcome } : {}) },
    ...(approval ? { approval: { defaultAnswer: approval } } : {}),
  };
}

describe("what is generated", () => {
  it("is found right by both validators at the corners, and is small enough", async () => {
    for (const shape of [{ ...LARGEST, renditions: 1, parts: 1 }, LARGEST, { ...LARGEST, own: true }]) {
      const { definition } = workflowOf(argsFor(shape));
      assert.deepEqual(await findings(definition), [], JSON.stringify(shape));
      const deployed = definitionText(definition);
      assert.ok(Buffer.byteLength(deployed) <= MAX_DEFINITION_BYTES, `${Buffer.byteLength(deployed)}`);
      assert.deepEqual(JSON.parse(deployed), definition);
    }
  });

  it("has line breaks for people as long as Step Functions takes them", () => {
    const { definition } = workflowOf();
    const commented = (length: number) => ({ ...definition, Comment: "x".repeat(length) });
    assert.match(definitionText(definition), /^{\n {2}"Comment"/);
    const large = commented(MAX_DEFINITION_BYTES - JSON.stringify(commented(0)).length);
    assert.equal(definitionText(large), JSON.stringify(large));
    assert.equal(Buffer.byteLength(definitionText(large)), MAX_DEFINITION_BYTES);
  });

  it("is found right, and runs here, for any number of renditions and parts and any policy", async () => {
    await fc.assert(
      fc.asyncProperty(SHAPE, async (shape) => {
        const { definition } = workflowOf(argsFor(shape));
        const names = everyState(definition).map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        assert.ok(names.every((name) => name.length <= 80));
        const { renditions, parts } = shape;
        assert.equal(names.filter((name) => /^Transcode_.*-\d+$/.test(name)).length, renditions * parts);
        assert.deepEqual(await findings(definition), []);
        checkDefinition(definition, HANDLERS);
      }),
      { numRuns: 10 },
    );
  });

  it("would be found wrong if it were", async () => {
    const { definition } = workflowOf();
    const broken = { ...definition, States: { ...definition.States, "Video Failed": { Type: "Fial" } } };
    assert.notDeepEqual(await findings(broken as never), []);
  });
});
