import assert from "node:assert/strict";

import type { Synthesis, SynthesisedResource } from "../../runner/synthesis/synthesis";
import { differences, differenceText } from "../../view/preview/difference";
import { resourceTree } from "../../view/preview/resources";

const options = {
  ...{ protect: false, retainOnDelete: false, deleteBeforeReplace: false },
  ...{ ignoreChanges: [], dependencies: [], provider: "" },
};

function resource(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  parent = "urn:videos",
): SynthesisedResource {
  return { type, name, urn: `urn:${name}`, parent, inputs, outputs: {}, options };
}

function synthesis(stack: string, ...resources: SynthesisedResource[]): Synthesis {
  const component = resource("video-batch-pipeline:index:VideoBatchPipeline", "videos", { stack }, "urn:stack");
  return { project: "project", stack, resources: [component, ...resources], outputs: {} };
}

const queue = (name: string, priority: number) =>
  resource("aws:batch/jobQueue:JobQueue", name, { priority, tags: { Priority: priority } });
const machine = (seconds: number) =>
  resource("aws:sfn/stateMachine:StateMachine", "machine", {
    type: "STANDARD",
    definition: JSON.stringify({
      ...{ StartAt: "A", TimeoutSeconds: 3600 },
      States: { A: { Type: "Wait", TimeoutSeconds: seconds, Next: "B" }, B: { Type: "Wait", TimeoutSeconds: seconds } },
    }),
  });
const role = resource("aws:iam/role:Role", "role", {});

it("the resources of a component are listed by concern, followed by all others", () => {
  const container = JSON.stringify({
    resourceRequirements: [
      { type: "VCPU", value: "2" },
      { type: "MEMORY", value: "4096" },
    ],
  });
  const jobs = resource("aws:batch/jobDefinition:JobDefinition", "job", { containerProperties: container });
  const bucket = {
    ...resource("aws:s3/bucket:Bucket", "own", { forceDestroy: true }, "urn:stack"),
    options: { ...options, protect: true },
  };
  assert.equal(
    resourceTree(synthesis("dev", role, queue("high", 10), machine(60), jobs, bucket)),
    `videos  VideoBatchPipeline
  Workflow
    machine  StateMachine        STANDARD, 2 states, at most 3,600 s
  Queues
    high     JobQueue            priority 10
  Jobs
    job      JobDefinition       2 vCPUs, 4,096 MiB, 1 attempt
  Permissions
    role     Role

  Storage
    own      Bucket              deleted with all its contents, protected

6 resources in project/dev
`,
  );
});

describe("the difference of two stacks", () => {
  const from = synthesis("dev", role, queue("high", 10), queue("old", 1), machine(60));
  const to = synthesis("prod", role, queue("high", 100), queue("new", 1), machine(90));

  it("lists added, removed and changed values without tags, and equal changes only once", () => {
    assert.equal(
      differenceText(from, to),
      `Workflow
  ~ machine  StateMachine
      TimeoutSeconds, 2 times  60 → 90

Queues
  ~ high  JobQueue
      priority  10 → 100
  + new  JobQueue
  - old  JobQueue

From dev to prod: 1 added, 1 removed, 2 changed
`,
    );
  });

  it("shows where long values begin to differ", () => {
    const named = (stack: string, name: string) => synthesis(stack, resource("aws:iam/role:Role", "role", { name }));
    const same = "The beginning of both values is the same for more characters than are shown";
    const lines = (one: string, other: string) =>
      differenceText(named("dev", one), named("prod", other)).split("\n")[2];
    assert.equal(lines(`${same}: 10`, `${same}: 100`), "      name  …s than are shown: 10 → …s than are shown: 100");
    assert.equal(
      lines(`${same}: a${"-".repeat(80)}`, `${same}: b`),
      `      name  …ers than are shown: a${"-".repeat(37)}… → …ers than are shown: b`,
    );
    assert.equal(lines("a", `b${"-".repeat(80)}`), `      name  a → b${"-".repeat(58)}…`);
  });

  it("has every value with its path", () => {
    const [first] = differences(from, to);
    assert.deepEqual(first, {
      ...{ change: "changed", type: "aws:batch/jobQueue:JobQueue", name: "high" },
      values: [{ path: "priority", from: 10, to: 100 }],
    });
  });
});
