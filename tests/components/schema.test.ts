import { strict as assert } from "node:assert";

import fc from "fast-check";

import type { ComputeEnvironment, EnvironmentType, Job, Queue, VideoBatchPipelineArgs } from "../../index";
import { findProblems } from "../../components/checks";
import type { StateMachineDefinition } from "../../components/workflow/asl/states";
import type { Synthesis, SynthesisedResource } from "../../runner/synthesis/synthesis";
import { exactly, violations, violationsOfPart } from "../support/aws/awsSchema";
import { IMAGE, ofType, synthesisePipeline } from "../support/pipeline";
import { findings } from "./workflow/findings";

const CLOUDFORMATION: Record<string, string> = {
  "aws:batch/computeEnvironment:ComputeEnvironment": "AWS::Batch::ComputeEnvironment",
  "aws:batch/jobQueue:JobQueue": "AWS::Batch::JobQueue",
  "aws:batch/jobDefinition:JobDefinition": "AWS::Batch::JobDefinition",
  "aws:batch/schedulingPolicy:SchedulingPolicy": "AWS::Batch::SchedulingPolicy",
};

/** Where the provider's words are not CloudFormation's, case aside. */
const RENAMED: Record<string, string> = {
  ec2Configurations: "ec2Configuration",
  computeEnvironmentOrders: "computeEnvironmentOrder",
  evaluateOnExits: "evaluateOnExit",
  shareDistributions: "shareDistribution",
  commands: "command",
  envs: "env",
};
const PHYSICAL_NAME: Record<string, string> = {
  "AWS::Batch::ComputeEnvironment": "computeEnvironmentName",
  "AWS::Batch::JobQueue": "jobQueueName",
  "AWS::Batch::JobDefinition": "jobDefinitionName",
};

function asCloudFormation(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asCloudFormation);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [RENAMED[key] ?? key, asCloudFormation(member)]),
  );
}

/** What AWS' schemas say against a resource, the JSON inside of its strings included. */
function wrongWith({ type, name, inputs }: SynthesisedResource): string[] {
  if (type === "aws:cloudcontrol/resource:Resource") {
    const { typeName, desiredState } = inputs as Record<string, string>;
    return violations(typeName ?? "", JSON.parse(desiredState ?? ""), exactly).map((text) => `${name}: ${text}`);
  }
  const schema = CLOUDFORMATION[type];
  if (schema === undefined) return [];
  const { name: physicalName, containerProperties, ...others } = inputs;
  // Only the provider knows this one.
  const rest = Object.fromEntries(Object.entries(others).filter(([key]) => key !== "deregisterOnNewRevision"));
  const value = {
    ...(asCloudFormation(rest) as object),
    ...(physicalName === undefined ? {} : { [PHYSICAL_NAME[schema] ?? "name"]: physicalName }),
  };
  const container =
    containerProperties === undefined
      ? []
      : violationsOfPart(schema, "ContainerProperties", JSON.parse(containerProperties as string));
  return [...violations(schema, value), ...container].map((text) => `${name}: ${text}`);
}

async function wrongWithDefinition(synthesis: Synthesis): Promise<string[]> {
  const [machine] = ofType(synthesis, "aws:sfn/stateMachine:StateMachine");
  return findings(JSON.parse(machine?.inputs["definition"] as string) as StateMachineDefinition);
}

const EKS = {
  clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/media",
  namespace: "video",
  instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes",
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** One of the good values or none, and once in a while a bad one. */
const mostly = <T>(good: T[], ...bad: T[]): fc.Arbitrary<T | undefined> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(undefined, ...good) },
    { weight: 1, arbitrary: fc.constantFrom(...bad, ...good) },
  );

const KINDS = ["EC2", "SPOT", "GPU", "ARM", "EKS", "FARGATE", "FARGATE_SPOT"] as const;
type Kind = (typeof KINDS)[number];

const TYPES: Record<Kind, string[][]> = {
  EC2: [["c7i", "m7i"], ["m7i.8xlarge"]],
  SPOT: [["c7i", "c7a"]],
  GPU: [["g6"], ["g6.8xlarge", "g5.8xlarge"]],
  ARM: [["c7g"], ["m8g.4xlarge"]],
  EKS: [["m7i"]],
  FARGATE: [],
  FARGATE_SPOT: [],
};

function environment(kind: Kind, name: string): fc.Arbitrary<ComputeEnvironment> {
  const common = {
    name: fc.constant(name),
    maxVcpus: mostly([8, 256, 100_000], 0, 1),
    tags: maybe(fc.constant({ own: "yes" })),
  };
  if (kind.startsWith("FARGATE")) {
    const onDemandFallback = kind === "FARGATE_SPOT" ? maybe(fc.boolean()) : mostly([false], true);
    return fc.record({
      ...common,
      type: fc.constant(kind as EnvironmentType),
      onDemandFallback,
      diskGiB: mostly([], 50, undefined),
    });
  }
  return fc.record({
    ...common,
    type: kind === "SPOT" ? fc.constant("SPOT" as const) : mostly<EnvironmentType>(["EC2"], "ec2" as EnvironmentType),
    onDemandFallback: kind === "SPOT" ? maybe(fc.boolean()) : mostly<boolean>([false], true),
    minVcpus: mostly([0, 2], -1, 9),
    instanceTypes: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...TYPES[kind]) },
      { weight: 1, arbitrary: fc.constantFrom<string[][]>(["c7i", "c7g"], [], ["c7i.large"]) },
    ),
    maxSpotPricePercent: kind === "SPOT" ? mostly([50, 100], 101) : mostly([], 50, undefined),
    diskGiB: mostly([100, 201, 300], 29),
    userData: maybe(fc.constant("#!/bin/sh")),
    updatePolicy: maybe(fc.record({ terminateJobs: fc.boolean(), jobTimeoutMinutes: mostly([1, 7200], 7201) })),
    eks: fc.constant(kind === "EKS" ? EKS : undefined),
  });
}

const fairShare = fc.record({
  defaultShare: mostly(["standard"], "st-andard").map((share) => share ?? "all"),
  shares: mostly([[], [{ identifier: "vip*", weight: 0.5 }]], [{ identifier: "a*" }, { identifier: "ab", weight: 2 }]),
  decaySeconds: mostly([0, 604_800], -1),
  reservationPercent: mostly([0, 99], 100),
});

const queue = (name: string): fc.Arbitrary<Queue> =>
  fc.record({
    name: fc.constant(name),
    priority: fc.integer({ min: 0, max: 1000 }),
    environments: mostly([["e0"]], ["e1", "e1"], ["other"]),
    enabled: maybe(fc.boolean()),
    capacityWaitSeconds: mostly([600, 86_400], 599),
    enableWaitLimits: mostly([true], false),
    fairShare: maybe(fairShare),
  });

const SECRETS = { KEY: "arn:aws:ssm:us-east-1:123456789012:parameter/key" };
const MOUNT = { fileSystemArn: "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-1", path: "/a" };

const POD: Job["pod"] = {
  serviceAccountName: "worker",
  secretMounts: [{ secretName: "keys", path: "/keys", optional: true }],
  claimMounts: [{ claimName: "models", path: "/models" }],
};

const job = (kind: Kind): fc.Arbitrary<Job> =>
  fc.record({
    vcpus: mostly([1, 2, 4], 0.25, 3),
    memoryMiB: mostly([8192], 5000, 100),
    gpus: kind === "GPU" ? maybe(fc.constant(1)) : mostly([], 1, undefined),
    pod:
      kind === "EKS" ? mostly([POD], { secretMounts: [{ secretName: "S", path: "/s" }] }) : mostly([], POD, undefined),
    secrets: kind === "EKS" ? mostly([], SECRETS, undefined) : maybe(fc.constant(SECRETS)),
    efsMounts: kind === "EKS" ? mostly([], [MOUNT], undefined) : mostly([[MOUNT]], [{ ...MOUNT, path: "/tmp" }]),
    scratchGiB: mostly([21, 50], 20, 200),
    enableWritableRoot: maybe(fc.boolean()),
    userId: mostly([0, 1000], -1),
    attempts: mostly([1, 10], 11),
    exitRules: mostly<NonNullable<Job["exitRules"]>>(
      [[{ action: "RETRY", onStatusReason: "Host EC2*" }]],
      Array.from({ length: 6 }, () => ({ action: "EXIT", onExitCode: "1*" })),
    ),
  });

const OURS = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

const configurationOf = (kinds: readonly Kind[]): fc.Arbitrary<VideoBatchPipelineArgs> =>
  fc
    .constantFrom(...kinds)
    .chain((kind) =>
      fc.record({
        computeEnvironments: fc.oneof(
          fc.tuple(environment(kind, "e0")),
          fc.tuple(environment(kind, "e0"), environment(kind, "e1")),
        ),
        network:
          kind === "EKS"
            ? mostly([OURS], undefined).map((given) => given ?? OURS)
            : mostly<VideoBatchPipelineArgs["network"]>(
                [OURS, { vpc: {} }, { vpc: { enableInterfaceEndpoints: true } }],
                {
                  subnetIds: ["subnet-1"],
                },
              ),
        queues: fc.tuple(queue("high"), queue("low")),
        renditions: fc.subarray(
          [
            { name: "4k", height: 2160 },
            { name: "720p", height: 720, encoder: kind === "GPU" ? "nvenc" : "software" },
            { name: "480p", height: 480, vcpus: 4, memoryMiB: 8192 },
          ],
          { minLength: 1 },
        ),
        jobs: fc.record({ features: maybe(job(kind)), transcode: maybe(job(kind)) }),
      }),
    )
    .map((args) => ({ ...(JSON.parse(JSON.stringify(args)) as VideoBatchPipelineArgs), image: IMAGE }));

/** What has to be among the accepted configurations of a kind. */
const LOOKS: Record<Kind, string[]> = {
  EC2: ["EC2"],
  SPOT: ["SPOT"],
  GPU: ["EC2 g6"],
  ARM: ["EC2 c7g", "EC2 m8g"],
  EKS: ["EKS", "EKS with claims"],
  FARGATE: ["FARGATE"],
  FARGATE_SPOT: ["FARGATE_SPOT"],
};

function lookOf({ computeEnvironments, jobs }: VideoBatchPipelineArgs): string {
  const { type = "EC2", eks, instanceTypes: [family = ""] = [] } = computeEnvironments?.[0] ?? {};
  const [architecture] = /^(g6|c7g|m8g)/.exec(family) ?? [];
  return [eks ? "EKS" : type, architecture, eks && jobs?.features?.pod ? "with claims" : undefined]
    .filter((part) => part !== undefined)
    .join(" ");
}

/** A random configuration of each look that is accepted. */
function acceptedWith(kind: Kind, looks: readonly string[]): VideoBatchPipelineArgs[] {
  const found = new Map<string, VideoBatchPipelineArgs>();
  for (const args of fc.sample(configurationOf([kind]), 300)) {
    const look = lookOf(args);
    if (!found.has(look) && findProblems("videos", args).length === 0) found.set(look, args);
    if (looks.every((wanted) => found.has(wanted))) return [...found.values()];
  }
  throw new Error(`Of 300 ${kind} configurations ${[...found.keys()].join(" and ")} were accepted.`);
}

describe("any configuration", () => {
  it("that is rejected is explained in our own words", () => {
    let rejected = 0;
    fc.assert(
      fc.property(configurationOf(KINDS), (args) => {
        const problems = findProblems("videos", args);
        if (problems.length > 0) rejected++;
        for (const { propertyPath, reason } of problems) {
          assert.ok(reason.startsWith(`${propertyPath} must `), reason);
          assert.match(reason, /\. Received .*\. \S.*\.$/s);
          assert.ok(!/undefined|NaN|\[object/.test(reason), reason);
        }
      }),
      { numRuns: 500 },
    );
    assert.ok(rejected > 50 && rejected < 450, String(rejected));
  });

  it("that is accepted passes AWS' schemas and both validators", async function () {
    this.timeout(120_000);
    for (const [kind, looks] of Object.entries(LOOKS)) {
      for (const args of acceptedWith(kind as Kind, looks)) {
        const synthesis = await synthesisePipeline(args);
        assert.deepEqual(synthesis.resources.flatMap(wrongWith), [], JSON.stringify(args));
        assert.deepEqual(await wrongWithDefinition(synthesis), [], JSON.stringify(args));
      }
    }
  });

  it("would not pass the schemas if it were wrong", async () => {
    const synthesis = await synthesisePipeline({ image: IMAGE });
    const [environment] = ofType(synthesis, "aws:batch/computeEnvironment:ComputeEnvironment");
    const [definition] = ofType(synthesis, "aws:batch/jobDefinition:JobDefinition");
    const podDefinition = await synthesisePipeline({
      image: IMAGE,
      ...{ network: OURS, computeEnvironments: [{ name: "e0", eks: EKS }], jobs: { features: { pod: POD } } },
    });
    const [claimed] = ofType(podDefinition, "aws:cloudcontrol/resource:Resource");
    const [queueResource] = ofType(synthesis, "aws:batch/jobQueue:JobQueue");
    const broken = (resource: SynthesisedResource | undefined, change: Record<string, unknown>): string[] =>
      wrongWith({ ...(resource as SynthesisedResource), inputs: { ...resource?.inputs, ...change } });
    assert.deepEqual(broken(environment, { computeResources: { type: "EC2", subnet: [] } }), [
      "videos-compute: AWS::Batch::ComputeEnvironment.ComputeResources has no subnet",
      "videos-compute: AWS::Batch::ComputeEnvironment.ComputeResources.MaxvCpus is missing",
    ]);
    assert.deepEqual(broken(queueResource, { state: "ON" }), [
      `${queueResource?.name}: AWS::Batch::JobQueue.State is none of DISABLED, ENABLED: ON`,
    ]);
    const desiredState = String(claimed?.inputs["desiredState"]).replace('"ClaimName"', '"claimName"');
    assert.deepEqual(broken(claimed, { desiredState }), [
      "videos-ExtractFeatures: AWS::Batch::JobDefinition.EksProperties.PodProperties.Volumes[2].PersistentVolumeClaim has no claimName",
      "videos-ExtractFeatures: AWS::Batch::JobDefinition.EksProperties.PodProperties.Volumes[2].PersistentVolumeClaim.ClaimName is missing",
    ]);
    assert.deepEqual(broken(definition, { containerProperties: '{"image":"a","user":7}' }), [
      `${definition?.name}: ContainerProperties.User is no string: 7`,
    ]);
  });
});
