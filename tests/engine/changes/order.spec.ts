import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import type { ComputeEnvironment, Queue, VideoBatchPipelineArgs } from "../../../index";
import { bundleWorker } from "../../support/pipeline";
import { assertGone, assertNothingWrong } from "../assertions";
import { useRealEngine } from "../useRealEngine";
import { OTHERS, EKS, OTHER_CLUSTER, pipeline, SMALL, withoutPaths } from "./pipelines";

interface Change {
  from: VideoBatchPipelineArgs;
  to: VideoBatchPipelineArgs;
  /** All steps on the types of resources that they name, each list in its order. Without any, nothing happens. */
  chains: string[][];
}

/** Environments with the name in the pipeline as key, each with a queue of its own. */
function environments(args: Record<string, Partial<ComputeEnvironment>>): VideoBatchPipelineArgs {
  const entries = Object.entries(args);
  return {
    ...SMALL,
    computeEnvironments: entries.map(([name, environment]) => ({ name, ...environment })),
    queues: entries.map(([name]) => ({ name, priority: 1, environments: [name] })),
  };
}

const queues = (args: Record<string, Partial<Queue>>): VideoBatchPipelineArgs => ({
  ...SMALL,
  queues: Object.entries(args).map(([name, queue]) => ({ name, priority: 1, ...queue })),
});

const onEks = (args: Partial<VideoBatchPipelineArgs>, eks: Partial<typeof EKS> = {}): VideoBatchPipelineArgs => ({
  ...environments({ nodes: { eks: { ...EKS, ...eks } } }),
  ...args,
});

const without = (names: string[]): Record<string, object> => Object.fromEntries(names.map((name) => [name, {}]));

/** Each environment with a change of its own, all of which Batch makes in place. */
function inPlace(from: Record<string, object>, to: Record<string, object>, templates: string[] = []): Change {
  const chains = Object.keys(to).map((name) => [
    ...(templates.includes(name) ? [`update LaunchTemplate videos-${name}-launch-template`] : []),
    `update ComputeEnvironment videos-${name}`,
  ]);
  return { from: environments(from), to: environments(to), chains };
}

const newEnvironment = (name: string): string[] => [
  `create-replacement ComputeEnvironment videos-${name}`,
  `update JobQueue videos-${name}-queue`,
  `delete-replaced ComputeEnvironment videos-${name}`,
];
const newQueue = (name: string): string[] => [
  `create-replacement JobQueue videos-${name}-queue`,
  "update StateMachine videos-state-machine",
  `delete-replaced JobQueue videos-${name}-queue`,
];
const newRevision = (name: string): string[] => [
  `update JobDefinition videos-${name}`,
  "update StateMachine videos-state-machine",
];

const NETWORK = { subnetIds: ["subnet-2"], securityGroupIds: ["sg-2"] };
const INSTANCES = {
  types: { instanceTypes: ["c7i"] },
  strategy: { type: "SPOT", allocationStrategy: "SPOT_CAPACITY_OPTIMIZED" },
  price: { type: "SPOT", maxSpotPricePercent: 60 },
  image: { machineImageId: "ami-0123456789abcdef0" },
  spot: { type: "SPOT" },
  back: { type: "EC2" },
  disk: { diskGiB: 200 },
  script: { userData: "#!/bin/sh\ntrue\n" },
  tags: { tags: { team: "video" } },
};
const SPOT = { type: "SPOT" };
const KINDS: Record<"from" | "to", Record<string, Partial<ComputeEnvironment>>> = {
  from: { a: {}, b: { type: "FARGATE" }, c: { type: "FARGATE" }, d: { type: "FARGATE_SPOT" }, e: {} },
  to: {
    ...{ a: { type: "FARGATE" }, b: {}, c: { type: "FARGATE_SPOT" }, d: { type: "FARGATE" } },
    e: { computeEnvironmentName: "First" },
  },
};
const SHARES = { fairShare: { defaultShare: "standard" } };
const CLAIMS = { features: { pod: { claimMounts: [{ claimName: "models", path: "/models" }] } } };

const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const roles = (...[stateMachineRoleArn, jobRoleArn, executionRoleArn]: [string, string, string]) => ({
  ...SMALL,
  roles: { stateMachineRoleArn, jobRoleArn, executionRoleArn },
});
const OUR_ROLES = [role("machines"), role("jobs"), role("starters")] as const;
const NEW_ROLES = [role("new-machines"), role("new-jobs"), role("new-starters")] as const;
const OWN_ROLES = ["state-machine", "job", "execution"].map((name) => `videos-${name}-role`);
const JOBS = ["ExtractFeatures", "ExtractMetadata", "PackageVideo", "TranscodeVideo"];
/** Policies that name the bucket, each of which is there before the state machine uses it. */
const POLICIES = ["job", "state-machine"].map((name) => `update RolePolicy videos-${name}-policy`);
const MACHINE = "update StateMachine videos-state-machine";

/** The rows of the table in `docs/operating.md`, by what they say of the change. */
const ROWS: Record<string, Change[]> = {
  "`minVcpus`, `maxVcpus`, `enabled` of a queue, priorities, wait limits, weights of shares": [
    inPlace(without(["least", "most"]), { least: { minVcpus: 2 }, most: { maxVcpus: 64 } }),
    {
      from: queues({ ...without(["state", "order", "wait"]), shares: SHARES }),
      to: queues({
        ...{ state: { enabled: false }, order: { priority: 5 }, wait: { capacityWaitSeconds: 900 } },
        shares: { fairShare: { ...SHARES.fairShare, shares: [{ identifier: "premium", weight: 0.5 }] } },
      }),
      chains: [
        ...["state", "order", "wait"].map((name) => [`update JobQueue videos-${name}-queue`]),
        ["update SchedulingPolicy videos-shares-scheduling-policy"],
      ],
    },
  ],
  "`desiredVcpus`": [{ from: environments({ a: {} }), to: environments({ a: { desiredVcpus: 4 } }), chains: [] }],
  "`instanceTypes`, `allocationStrategy`, `maxSpotPricePercent`, `diskGiB`, `machineImageId`, `userData`, subnets, security groups, tags, `EC2` ↔ `SPOT`":
    [
      inPlace({ ...without(Object.keys(INSTANCES)), strategy: SPOT, price: SPOT, back: SPOT }, INSTANCES, [
        ...["disk", "script", "tags"],
      ]),
      {
        from: environments({ a: {} }),
        to: { ...environments({ a: {} }), network: NETWORK },
        chains: [["update LaunchTemplate videos-a-launch-template", "update ComputeEnvironment videos-a"]],
      },
    ],
  "subnets and security groups on Fargate": [
    {
      from: environments({ a: { type: "FARGATE" } }),
      to: { ...environments({ a: { type: "FARGATE" } }), network: NETWORK },
      chains: [["update ComputeEnvironment videos-a"]],
    },
  ],
  "EC2 ↔ Fargate, `FARGATE` ↔ `FARGATE_SPOT`, `eks.clusterArn`, `eks.namespace`, `computeEnvironmentName`": [
    { from: environments(KINDS.from), to: environments(KINDS.to), chains: Object.keys(KINDS.to).map(newEnvironment) },
    { from: onEks({}), to: onEks({}, { clusterArn: OTHER_CLUSTER }), chains: [newEnvironment("nodes")] },
    { from: onEks({}), to: onEks({}, { namespace: "other" }), chains: [newEnvironment("nodes")] },
  ],
  "`name` of an environment": [
    {
      from: { ...SMALL, computeEnvironments: [{ name: "a" }] },
      to: { ...SMALL, computeEnvironments: [{ name: "b" }] },
      chains: ["high", "low"].map((queue) => [
        "create ComputeEnvironment videos-b",
        `update JobQueue videos-${queue}-queue`,
        "delete ComputeEnvironment videos-a",
      ]),
    },
  ],
  "order of a queue's `environments`": [
    {
      from: { ...SMALL, computeEnvironments: [{ name: "a" }, { name: "b" }] },
      to: { ...SMALL, computeEnvironments: [{ name: "b" }, { name: "a" }] },
      chains: [["update JobQueue videos-high-queue"], ["update JobQueue videos-low-queue"]],
    },
  ],
  "`name` or `jobQueueName` of a queue, adding or removing `fairShare`": [
    {
      from: queues({ a: {}, b: {}, c: SHARES, d: {} }),
      to: queues({ a: { jobQueueName: "First" }, b: SHARES, c: {}, e: {} }),
      chains: [
        ...["a", "b", "c"].map(newQueue),
        [
          "create JobQueue videos-e-queue",
          "update StateMachine videos-state-machine",
          "delete JobQueue videos-d-queue",
        ],
      ],
    },
  ],
  "`jobs.*`, `renditions`, the worker": [
    {
      from: SMALL,
      to: { ...SMALL, jobs: { features: { memoryMiB: 8192 } }, renditions: [{ name: "360p", height: 360 }] },
      chains: ["ExtractFeatures", "ExtractMetadata"].map(newRevision),
    },
    {
      from: SMALL,
      to: { ...SMALL, image: { uri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/worker@sha256:4567" } },
      chains: ["ExtractFeatures", "ExtractMetadata", "PackageVideo", "TranscodeVideo"].map(newRevision),
    },
  ],
  "adding the first or removing the last of a job's `pod.claimMounts`": [
    ...[
      { from: onEks({}), to: onEks({ jobs: CLAIMS }), types: ["Resource", "JobDefinition"] },
      { from: onEks({ jobs: CLAIMS }), to: onEks({}), types: ["JobDefinition", "Resource"] },
    ].map(({ from, to, types: [made, deleted] }) => ({
      ...{ from, to },
      chains: [
        [
          `create ${made} videos-ExtractFeatures`,
          "update StateMachine videos-state-machine",
          `delete ${deleted} videos-ExtractFeatures`,
        ],
      ],
    })),
  ],
  "`encryption`, if the pipeline builds the worker's image": [
    {
      from: { ...SMALL, image: {} },
      to: { ...SMALL, image: {}, encryption: { enableKey: true } },
      chains: ["ExtractFeatures", "ExtractMetadata", "PackageVideo", "TranscodeVideo"].map((job) => [
        "create-replacement Repository videos-repository",
        `update JobDefinition videos-${job}`,
        "delete-replaced Repository videos-repository",
      ]),
    },
  ],
  "`storage.bucket` to another existing bucket, `storage.outputPrefix`": [
    { bucket: "others" },
    { bucket: "our-videos", outputPrefix: "published/" },
  ].map((storage) => ({
    from: SMALL,
    to: { ...SMALL, storage },
    chains: POLICIES.map((policy) => [policy, MACHINE]),
  })),
  "adding or removing `storage.bucket`": [
    {
      from: { ...SMALL, storage: {} },
      to: SMALL,
      chains: POLICIES.map((policy) => [policy, MACHINE, "delete Bucket videos-bucket"]),
    },
    {
      from: SMALL,
      to: { ...SMALL, storage: {} },
      chains: POLICIES.map((policy) => ["create Bucket videos-bucket", policy, MACHINE]),
    },
  ],
  "adding `stateMachineRoleArn`, `jobRoleArn` or `executionRoleArn` of `roles`": [
    {
      from: SMALL,
      to: roles(...OUR_ROLES),
      chains: JOBS.flatMap((job) =>
        OWN_ROLES.map((own) => [`update JobDefinition videos-${job}`, MACHINE, `delete Role ${own}`]),
      ),
    },
  ],
  "changing or removing these": [
    { from: roles(...OUR_ROLES), to: roles(...NEW_ROLES), chains: JOBS.map(newRevision) },
    {
      from: roles(...NEW_ROLES),
      to: SMALL,
      chains: [
        ...OWN_ROLES.map((own) => [`create Role ${own}`, MACHINE]),
        ...JOBS.flatMap((job) =>
          OWN_ROLES.slice(1).map((own) => [`create Role ${own}`, `update JobDefinition videos-${job}`, MACHINE]),
        ),
      ],
    },
  ],
  "adding `roles.instanceProfileArn`": [
    {
      from: SMALL,
      to: { ...SMALL, roles: { instanceProfileArn: EKS.instanceProfileArn } },
      chains: [
        [
          "update ComputeEnvironment videos-compute",
          "delete InstanceProfile videos-instance-profile",
          "delete Role videos-instance-role",
        ],
      ],
    },
  ],
  "`roles.permissionsBoundaryArn`": [
    {
      from: SMALL,
      to: { ...SMALL, roles: { permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/limits" } },
      chains: [...OWN_ROLES, "videos-instance-role"].map((own) => [`update Role ${own}`]),
    },
  ],
};

describe("changes of a deployed pipeline", () => {
  const engine = useRealEngine([...OTHERS, ...OUR_ROLES, ...NEW_ROLES]);
  before(bundleWorker);
  afterEach(() => assertNothingWrong(engine().account));

  it("are those of the table in docs/operating.md", () => {
    assert.deepEqual(changesOfTheTable(), Object.keys(ROWS));
  });

  for (const [row, changes] of Object.entries(ROWS)) {
    it(`happen in the order that it says: ${row}`, async () => {
      for (const { from, to, chains } of changes) {
        const stack = await engine().stack({ name: "order", project: "order", program: pipeline(from) });
        assert.equal((await stack.up()).error, undefined);
        const { error, steps } = await stack.up(pipeline(to));
        assert.equal(error, undefined);
        assertChains(withoutPaths(steps), chains);
        assert.deepEqual((await stack.preview()).steps, []);
      }
    });
  }

  it("leave nothing behind", async () => {
    const stack = await engine().stack({ name: "order", project: "order", program: pipeline(SMALL) });
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine().account, "order");
  });
});

/** The first cells of the table. */
function changesOfTheTable(): string[] {
  const text = readFileSync(path.join(__dirname, "..", "..", "..", "docs", "operating.md"), "utf8");
  const [, section = ""] = text.split("## How changes affect running jobs\n");
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) => line.split("|")[1]!.trim());
}

function assertChains(steps: string[], chains: string[][]): void {
  const typeOf = (step: string): string => step.split(" ")[1]!;
  const types = new Set(chains.flat().map(typeOf));
  const relevant = steps.filter((step) => types.size === 0 || types.has(typeOf(step)));
  assert.deepEqual([...relevant].sort(), [...new Set(chains.flat())].sort());
  for (const chain of chains) {
    assert.deepEqual(
      relevant.filter((step) => chain.includes(step)),
      chain,
    );
  }
}
