import { strict as assert } from "node:assert";

import fc from "fast-check";

import type { ApprovalAnswer, PartialOutcome, VideoBatchPipelineArgs } from "../../../index";
import { everyState } from "../../../contract/asl";
import { checkDefinition } from "../../../runner/stateMachine/check";
import { taskHandlers } from "../../../runner/integrations/resources";
import { BatchService } from "../../../runner/batch/service";
import { ScriptedLauncher } from "../../../runner/batch/launchers/scriptedLauncher";
import { VirtualClock } from "../../../runner/clock/clock";
import { findProblems } from "../../../components/checks";
import { normalise } from "../../../components/settings";
import { definitionText, MAX_DEFINITION_BYTES } from "../../../components/workflow/definitionText";
import { IMAGE } from "../../support/pipeline";
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
  partialOutcome: PartialOutcome;
  approval?: ApprovalAnswer;
  events: boolean;
}

const SHAPE: fc.Arbitrary<Shape> = fc.record(
  {
    renditions: fc.integer({ min: 1, max: 50 }),
    parts: fc.integer({ min: 1, max: 5 }),
    own: fc.boolean(),
    continueOnRenditionFailure: fc.boolean(),
    continueOnFeaturesFailure: fc.boolean(),
    partialOutcome: fc.constantFrom<PartialOutcome[]>("succeed", "fail"),
    approval: fc.constantFrom<ApprovalAnswer[]>("approve", "reject"),
    events: fc.boolean(),
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
      "events",
    ],
  },
);

/** Parts of the names of states, jobs and platforms, what JavaScript knows by itself, and names that run into one another. */
const HOSTILE = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom("a", "a-1", "a-1-1", "1", "1-1", "720p", "720p-audio", "constructor") },
  { weight: 9, arbitrary: fc.constantFrom("Done", "Skip", "Check", "Transcode", "metadata", "x".repeat(60), "e_k-s") },
  {
    weight: 2,
    arbitrary: fc.constantFrom("arm64", "arm64-a", "arm64-720p", "arm64-audio", "eks-arm64", "eks-a", "ec2"),
  },
  { weight: 1, arbitrary: fc.constantFrom("features", "Features", "audio", "audio-2") },
  { weight: 1, arbitrary: fc.constantFrom("", "Read Cause", "ä", "a b", "x".repeat(61), "-a") },
);
/** Instances, and behind them nodes of both architectures. */
const EKS = {
  computeEnvironments: [
    { name: "instances" },
    ...(["x86_64", "arm64"] as const).map((architecture) => ({
      ...{ name: architecture, architecture },
      eks: {
        ...{ namespace: "video", clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/media" },
        instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes",
      },
    })),
  ],
  network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
};
const KINDS = [{ environments: ["instances"] }, { environments: ["x86_64"] }, { environments: ["arm64"] }];

const TRIGGER = {
  events: {
    busName: "media",
    pattern: { source: ["our.assets"] },
    sample: { "source": "our.assets", "detail-type": "Asset Delivered", "detail": { uri: "s3://masters/a.mp4" } },
    executionInput: "{ 'input': detail.uri }",
  },
};

const LARGEST: Shape = {
  renditions: 50,
  parts: 5,
  own: false,
  continueOnRenditionFailure: true,
  continueOnFeaturesFailure: true,
  partialOutcome: "fail",
  approval: "reject",
  events: true,
};

function argsFor({
  renditions,
  parts,
  own,
  partialOutcome,
  approval,
  events,
  ...policy
}: Shape): VideoBatchPipelineArgs {
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
    ...(events ? { events: {}, trigger: TRIGGER } : {}),
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

  it("is found right, or its rendition is refused by name, whatever renditions and queues are called", async () => {
    const checked = { refused: 0, accepted: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(HOSTILE, { minLength: 1, maxLength: 5, selector: (name) => name.toLowerCase() }),
        fc.uniqueArray(HOSTILE, { minLength: 3, maxLength: 3, selector: (name) => name.toLowerCase() }),
        fc.boolean(),
        async (names, queues, onEks) => {
          const args = {
            image: IMAGE,
            renditions: names.map((name) => ({ name, height: 720 })),
            queues: queues.map((name, index) => ({ name, priority: index, ...(onEks ? KINDS[index] : {}) })),
            parts: queues.map((queue, index) => ({ queue, ...(index < 2 ? { seconds: 10 } : {}) })),
            ...(onEks ? EKS : {}),
            workflow: { continueOnRenditionFailure: true, continueOnFeaturesFailure: true },
          };
          const problems = findProblems("videos", args);
          checked[problems.length > 0 ? "refused" : "accepted"]++;
          if (problems.length > 0) {
            const named = problems.filter(({ propertyPath }) => /^(renditions|queues)\[\d\]\.name$/.test(propertyPath));
            assert.deepEqual(problems, named);
            return;
          }
          const { definition } = workflowOf(args);
          checkDefinition(definition, HANDLERS);
          assert.deepEqual(await findings(definition), []);
          // On EKS each rendition has a job definition of its own for both kinds of nodes.
          const { variants } = normalise("videos", args).jobs;
          const expected = onEks ? 1 + 2 * names.length : 1;
          assert.equal(variants.filter(({ job }) => job === "transcode").length, expected);
        },
      ),
      {
        numRuns: 32,
        examples: [
          [["features"], ["a", "b", "c"], false],
          [["720p", "arm64-720p"], ["a", "b", "c"], true],
        ],
      },
    );
    assert.ok(checked.refused > 2 && checked.accepted > 2, JSON.stringify(checked));
  });

  it("has no state twice", () => {
    assert.throws(
      () => workflowOf({ renditions: [{ name: "audio", height: 720 }] }),
      new Error('Two states of the definition are named "Skip_audio".'),
    );
  });

  it("would be found wrong if it were", async () => {
    const { definition } = workflowOf();
    const broken = { ...definition, States: { ...definition.States, "Fail Video": { Type: "Fial" } } };
    assert.notDeepEqual(await findings(broken as never), []);
  });
});
