import { strict as assert } from "node:assert";

import type { ComputeEnvironment, VideoBatchPipelineArgs } from "../../../index";
import schema from "../../../components/schema.json";
import { assertGone, assertNothingWrong } from "../assertions";
import { startRealEngine, type RealEngine } from "../realEngine";
import { addOthers, EKS, OTHER_CLUSTER, pipeline, reasons, SMALL } from "./pipelines";

const REMEDY =
  "What has the name is made anew, beside the old one, and AWS takes no name twice: choose another, or leave it out for a generated one.";

interface Case {
  change: string;
  from: VideoBatchPipelineArgs;
  to: VideoBatchPipelineArgs;
  refusal: string;
}

const environment = (args: Partial<ComputeEnvironment>): VideoBatchPipelineArgs => ({
  ...SMALL,
  computeEnvironments: [{ name: "compute", computeEnvironmentName: "Fixed", ...args }],
});
const refusedEnvironment = (change: string): string =>
  `computeEnvironments[0].computeEnvironmentName must change together with ${change}. Received "Fixed". ${REMEDY}`;

const queue = (args: object): VideoBatchPipelineArgs => ({
  ...SMALL,
  queues: [{ name: "high", priority: 1, jobQueueName: "Fixed", ...args }],
});
const refusedQueue = (change: string): string =>
  `queues[0].jobQueueName must change together with ${change}. Received "Fixed". ${REMEDY}`;

const claims = [{ claimName: "models", path: "/models" }];
const job = (claimMounts: typeof claims): VideoBatchPipelineArgs => ({
  ...environment({ eks: EKS, computeEnvironmentName: undefined }),
  jobs: { features: { jobDefinitionName: "Fixed", pod: { claimMounts } } },
});

/** Each name that the arguments can fix, with each change that makes anew what has it. */
const CASES: Case[] = [
  ...(["FARGATE", "FARGATE_SPOT"] as const).flatMap((type) => [
    {
      change: `EC2 → ${type}`,
      from: environment({}),
      to: environment({ type }),
      refusal: refusedEnvironment("type"),
    },
    {
      change: `${type} → SPOT`,
      from: environment({ type }),
      to: environment({ type: "SPOT" }),
      refusal: refusedEnvironment("type"),
    },
  ]),
  {
    change: "FARGATE → FARGATE_SPOT",
    from: environment({ type: "FARGATE" }),
    to: environment({ type: "FARGATE_SPOT" }),
    refusal: refusedEnvironment("type"),
  },
  {
    change: "EC2 → eks",
    from: environment({}),
    to: environment({ eks: EKS }),
    refusal: refusedEnvironment("eks"),
  },
  {
    change: "eks.clusterArn and eks.namespace",
    from: environment({ eks: EKS }),
    to: environment({ eks: { ...EKS, clusterArn: OTHER_CLUSTER, namespace: "other" } }),
    refusal: refusedEnvironment("eks.clusterArn and eks.namespace"),
  },
  {
    change: "name of an environment",
    from: environment({}),
    to: environment({ name: "bulk" }),
    refusal: refusedEnvironment("name"),
  },
  {
    change: "fairShare is added",
    from: queue({}),
    to: queue({ fairShare: { defaultShare: "a" } }),
    refusal: refusedQueue("fairShare"),
  },
  {
    change: "fairShare is removed",
    from: queue({ fairShare: { defaultShare: "a" } }),
    to: queue({}),
    refusal: refusedQueue("fairShare"),
  },
  { change: "name of a queue", from: queue({}), to: queue({ name: "low" }), refusal: refusedQueue("name") },
  {
    change: "the first claim of a job",
    from: job([]),
    to: job(claims),
    refusal: `jobs.features.jobDefinitionName must change together with pod.claimMounts. Received "Fixed". ${REMEDY}`,
  },
  {
    change: "the last claim of a job",
    from: job(claims),
    to: job([]),
    refusal: `jobs.features.jobDefinitionName must change together with pod.claimMounts. Received "Fixed". ${REMEDY}`,
  },
  {
    change: "another job with the name",
    from: { ...SMALL, jobs: { features: { jobDefinitionName: "Fixed" } } },
    to: { ...SMALL, jobs: { metadata: { jobDefinitionName: "Fixed" } } },
    refusal: `jobs.metadata.jobDefinitionName must change together with the job that has it. Received "Fixed". ${REMEDY}`,
  },
];

describe("names in AWS that the arguments fix", () => {
  let engine: RealEngine;
  before(async function () {
    engine = await startRealEngine(this);
    addOthers(engine.account);
  });
  after(() => engine?.stop());
  afterEach(() => assertNothingWrong(engine.account));

  it("are these three, and no other", () => {
    const types: Record<string, { properties?: Record<string, { description?: string }> }> = schema.types;
    const names = Object.values(types).flatMap(({ properties = {} }) =>
      Object.keys(properties).filter((name) => /^Name of the .* in AWS/.test(properties[name]?.description ?? "")),
    );
    assert.deepEqual(names.sort(), ["computeEnvironmentName", "jobDefinitionName", "jobQueueName"]);
  });

  it("are refused when what has them would be made anew, before the first call, and accepted with another name", async () => {
    const stack = await engine.stack({ name: "names", project: "names", program: pipeline(SMALL) });
    for (const { change, from, to, refusal } of CASES) {
      assert.equal((await stack.up(pipeline(from))).error, undefined, change);
      const before = engine.account.all().length;
      for (const operation of ["preview", "up"] as const) {
        const { steps, messages } = await stack[operation](pipeline(to));
        assert.deepEqual(
          steps.filter((step) => step !== "update VideoBatchPipeline videos"),
          [],
          change,
        );
        const [reason, ...others] = reasons(messages);
        assert.deepEqual(others, []);
        const [, ...lines] = reason!.split("\n");
        assert.match(reason!, /VideoBatchPipeline "videos" can't be changed in this way:\n/);
        assert.deepEqual(lines, [`- ${refusal}`]);
      }
      assert.equal(engine.account.all().length, before);
      // Nothing is left that the next deployment would stumble over.
      assert.deepEqual((await stack.preview(pipeline(from))).steps, [], change);
      const renamed = JSON.parse(JSON.stringify(to).replaceAll('"Fixed"', '"Changed"')) as VideoBatchPipelineArgs;
      assert.equal((await stack.up(pipeline(renamed))).error, undefined, change);
      assert.deepEqual((await stack.preview()).steps, [], change);
    }
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine.account, "names");
  });

  it("are no obstacle to changes in place", async () => {
    const args: VideoBatchPipelineArgs = { ...environment({}), queues: queue({}).queues };
    const changed: VideoBatchPipelineArgs = {
      ...environment({ type: "SPOT", maxVcpus: 8, instanceTypes: ["c7i"] }),
      queues: queue({ priority: 5 }).queues,
      tags: { team: "video" },
    };
    const stack = await engine.stack({ name: "in-place", project: "names", program: pipeline(args) });
    assert.equal((await stack.up()).error, undefined);
    const { error, steps } = await stack.up(pipeline(changed));
    assert.equal(error, undefined);
    assert.deepEqual(
      steps.filter((step) => !step.startsWith("update ")),
      [],
    );
    assert.equal((await stack.destroy()).error, undefined);
  });
});
