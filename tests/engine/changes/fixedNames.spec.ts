import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline, type ComputeEnvironment, type Queue, type VideoBatchPipelineArgs } from "../../../index";
import schema from "../../../components/schema.json";
import { assertGone, assertNothingWrong } from "../assertions";
import { useRealEngine } from "../useRealEngine";
import type { Program } from "../stack";
import { OTHERS, EKS, OTHER_CLUSTER, pipeline, reasons, SMALL } from "./pipelines";

/** Two versions of a part of the arguments, and with what its name has to change. */
interface Change<Part> {
  from: Part;
  to: Part;
  together: string;
}

const ENVIRONMENTS: Change<ComputeEnvironment>[] = [
  { from: { name: "a" }, to: { name: "a", type: "FARGATE" }, together: "type" },
  { from: { name: "b", type: "SPOT" }, to: { name: "b", type: "FARGATE_SPOT" }, together: "type" },
  { from: { name: "c", type: "FARGATE" }, to: { name: "c" }, together: "type" },
  { from: { name: "d", type: "FARGATE_SPOT" }, to: { name: "d", type: "SPOT" }, together: "type" },
  { from: { name: "e", type: "FARGATE" }, to: { name: "e", type: "FARGATE_SPOT" }, together: "type" },
  { from: { name: "f" }, to: { name: "other" }, together: "name" },
];

const QUEUES: Change<Queue>[] = [
  {
    from: { name: "a", priority: 1 },
    to: { name: "a", priority: 1, fairShare: { defaultShare: "x" } },
    together: "fairShare",
  },
  {
    from: { name: "b", priority: 1, fairShare: { defaultShare: "x" } },
    to: { name: "b", priority: 1 },
    together: "fairShare",
  },
  { from: { name: "c", priority: 1 }, to: { name: "other", priority: 1 }, together: "name" },
];

const REMEDY =
  "The replacement is created before the old resource is deleted, and AWS doesn't allow two with one name: choose another name, or omit it to get a generated one.";
const refusal = (path: string, together: string, name: string): string =>
  `- ${path} must change together with ${together}. Received "${name}". ${REMEDY}`;

interface Case {
  from: VideoBatchPipelineArgs;
  to: VideoBatchPipelineArgs;
  refusals: string[];
}

function onEcs(): Case {
  const version = (key: "from" | "to"): VideoBatchPipelineArgs => {
    const environments = ENVIRONMENTS.map((change, index) => ({
      ...change[key],
      computeEnvironmentName: `Fixed-${index}`,
    }));
    const names = environments.map(({ name }) => name);
    const queues = QUEUES.map((change, index) => ({ ...change[key], jobQueueName: `Fixed-${index}` }));
    return {
      ...SMALL,
      computeEnvironments: environments,
      // Each environment is used, and each queue that changes has one that doesn't change its kind.
      queues: [
        ...queues.map((queue) => ({ ...queue, environments: [names.at(-1)!] })),
        ...names.map((name) => ({ name: `of-${name}`, priority: 1, environments: [name] })),
      ],
      jobs: { [key === "from" ? "features" : "metadata"]: { jobDefinitionName: "Fixed" } },
      parts: [{ queue: "a" }],
    };
  };
  return {
    from: version("from"),
    to: version("to"),
    refusals: [
      ...ENVIRONMENTS.map(({ together }, index) =>
        refusal(`computeEnvironments[${index}].computeEnvironmentName`, together, `Fixed-${index}`),
      ),
      ...QUEUES.map(({ together }, index) => refusal(`queues[${index}].jobQueueName`, together, `Fixed-${index}`)),
      refusal("jobs.metadata.jobDefinitionName", "the job that has it", "Fixed"),
    ],
  };
}

function onEks(): Case {
  const claimMounts = [{ claimName: "models", path: "/models" }];
  const version = (cluster: typeof EKS, features: typeof claimMounts, other: typeof claimMounts) => ({
    ...SMALL,
    computeEnvironments: [{ name: "nodes", computeEnvironmentName: "Nodes", eks: cluster }],
    jobs: {
      features: { jobDefinitionName: "Features", pod: { claimMounts: features } },
      package: { jobDefinitionName: "Package", pod: { claimMounts: other } },
    },
  });
  return {
    from: version(EKS, [], claimMounts),
    to: version({ ...EKS, clusterArn: OTHER_CLUSTER, namespace: "other" }, claimMounts, []),
    refusals: [
      refusal("computeEnvironments[0].computeEnvironmentName", "eks.clusterArn and eks.namespace", "Nodes"),
      refusal("jobs.features.jobDefinitionName", "pod.claimMounts", "Features"),
      refusal("jobs.package.jobDefinitionName", "pod.claimMounts", "Package"),
    ],
  };
}

function toEks(): Case {
  const computeEnvironments = [{ name: "nodes", computeEnvironmentName: "Fixed" }];
  return {
    from: { ...SMALL, computeEnvironments },
    to: { ...SMALL, computeEnvironments: [{ ...computeEnvironments[0]!, eks: EKS }] },
    refusals: [refusal("computeEnvironments[0].computeEnvironmentName", "eks", "Fixed")],
  };
}

describe("names in AWS that the arguments fix", () => {
  const engine = useRealEngine(OTHERS);
  afterEach(() => assertNothingWrong(engine().account));

  it("are these three, and no other", () => {
    const types = schema.types as Record<string, { properties?: Record<string, { description?: string }> }>;
    const names = Object.values(types).flatMap(({ properties = {} }) =>
      Object.keys(properties).filter((name) => /^Name of the .* in AWS/.test(properties[name]?.description ?? "")),
    );
    assert.deepEqual(names.sort(), ["computeEnvironmentName", "jobDefinitionName", "jobQueueName"]);
  });

  for (const [where, { from, to, refusals }] of Object.entries({ ecs: onEcs(), eks: onEks(), change: toEks() })) {
    it(`are refused before the first call when what has them would be made anew, and others accepted (${where})`, async () => {
      const stack = await engine().stack({ name: where, project: "names", program: pipeline(from) });
      assert.equal((await stack.up()).error, undefined);
      const before = engine().account.all().length;
      for (const operation of ["preview", "up"] as const) {
        const { steps, messages } = await stack[operation](pipeline(to));
        assert.deepEqual(
          steps.filter((step) => step !== "update VideoBatchPipeline videos"),
          [],
        );
        const [reason = "", ...others] = reasons(messages);
        assert.deepEqual(others, []);
        const [hook, ...lines] = reason.split("\n");
        assert.match(hook!, /failed: VideoBatchPipeline "videos" can't be changed in this way:$/);
        assert.deepEqual(lines, refusals);
      }
      assert.equal(engine().account.all().length, before);

      const renamed = JSON.parse(
        JSON.stringify(to).replace(/("(?:computeEnvironment|jobQueue|jobDefinition)Name":")/g, "$1New-"),
      ) as VideoBatchPipelineArgs;
      assert.equal((await stack.up(pipeline(renamed))).error, undefined);
      assert.deepEqual((await stack.preview()).steps, []);
      assert.equal((await stack.destroy()).error, undefined);
      assertGone(engine().account, "names");
    });
  }

  it("are no obstacle to changes in place", async () => {
    const fixed: VideoBatchPipelineArgs = {
      ...SMALL,
      computeEnvironments: [{ name: "compute", computeEnvironmentName: "Fixed" }],
      queues: [{ name: "high", priority: 1, jobQueueName: "Fixed" }],
    };
    const changed: VideoBatchPipelineArgs = {
      ...SMALL,
      computeEnvironments: [{ ...fixed.computeEnvironments![0]!, type: "SPOT", maxVcpus: 8, instanceTypes: ["c7i"] }],
      queues: [{ ...fixed.queues![0]!, priority: 5 }],
    };
    const stack = await engine().stack({ name: "in-place", project: "names", program: pipeline(fixed) });
    assert.equal((await stack.up()).error, undefined);
    const { error, steps } = await stack.up(pipeline(changed));
    assert.equal(error, undefined);
    assert.deepEqual(steps.map((step) => step.replace(/ \[.*/, "")).sort(), [
      "update ComputeEnvironment videos-compute",
      "update JobQueue videos-high-queue",
      "update VideoBatchPipeline videos",
    ]);
    assert.equal((await stack.destroy()).error, undefined);
  });

  it("are seen among secrets too", async () => {
    const program =
      (type: ComputeEnvironment["type"]): Program =>
      () => {
        const userData = type === "FARGATE" ? undefined : pulumi.secret("#!/bin/sh\ntrue\n");
        const environment = { name: "compute", computeEnvironmentName: "Fixed", type, userData };
        new VideoBatchPipeline("videos", { ...SMALL, computeEnvironments: [environment] });
      };
    const stack = await engine().stack({ name: "secrets", project: "names", program: program("EC2") });
    assert.equal((await stack.up()).error, undefined);
    assert.equal((await stack.up(program("SPOT"))).error, undefined);
    const { messages, ...rest } = await stack.preview(program("FARGATE"));
    const [reason = ""] = reasons(messages);
    const expected = refusal("computeEnvironments[0].computeEnvironmentName", "type", "Fixed");
    assert.ok(reason.endsWith(expected), JSON.stringify({ messages, ...rest }));
    assert.equal((await stack.destroy()).error, undefined);
  });
});
