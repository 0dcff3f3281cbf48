import { strict as assert } from "node:assert";

import type { VideoBatchPipelineArgs } from "../../index";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { containerOf, IMAGE, named, ofType, synthesisePipeline } from "../support/pipeline";

const resourcesOf = (synthesis: Synthesis, name: string): Record<string, unknown> =>
  named(synthesis, name).inputs["computeResources"] as Record<string, unknown>;
const synthesised = (args: VideoBatchPipelineArgs): Promise<Synthesis> => synthesisePipeline({ image: IMAGE, ...args });

describe("queues", () => {
  it("with shares have a scheduling policy, and get the execution's share and priority, and no other queue does", async () => {
    const synthesis = await synthesised({
      queues: [
        { name: "high", priority: 9, enabled: false, enableWaitLimits: false },
        {
          ...{ name: "low", priority: 1, capacityWaitSeconds: 700, misfitWaitSeconds: 900 },
          fairShare: { defaultShare: "all", shares: [{ identifier: "vip*", weight: 0.25 }], reservationPercent: 10 },
        },
      ],
    });
    assert.deepEqual(named(synthesis, "videos-low-scheduling-policy").inputs, {
      fairSharePolicy: {
        ...{ shareDecaySeconds: 3600, computeReservation: 10 },
        shareDistributions: [{ shareIdentifier: "vip*", weightFactor: 0.25 }],
      },
    });
    const [high, low] = ["high", "low"].map((name) => named(synthesis, `videos-${name}-queue`).inputs);
    assert.deepEqual(
      [high?.["state"], high?.["jobStateTimeLimitActions"], high?.["schedulingPolicyArn"]],
      ["DISABLED", undefined, undefined],
    );
    assert.equal(
      low?.["schedulingPolicyArn"],
      "arn:aws:batch:us-east-1:123456789012:scheduling-policy/videos-low-scheduling-policy",
    );
    const limits = low?.["jobStateTimeLimitActions"] as { maxTimeSeconds: number }[];
    assert.deepEqual(
      limits.map(({ maxTimeSeconds }) => maxTimeSeconds),
      [700, 900, 900],
    );
    const definition = named(synthesis, "videos-state-machine").inputs["definition"] as string;
    const submits = [
      ...definition.matchAll(/job-queue\/videos-(high|low)-queue[^\n]*(?:\n(?!.*"TimeoutSeconds")[^\n]*)*/g),
    ];
    assert.equal(submits.length, 12);
    for (const [text, queue] of submits) {
      assert.equal(text.includes("ShareIdentifier"), queue === "low", text);
      assert.equal(text.includes("SchedulingPriorityOverride"), queue === "low", text);
    }
  });
});

describe("jobs", () => {
  it("have secrets, file systems and roles of their own, and the rights that go with them", async () => {
    const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:key-AbCdEf";
    const parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/models/key";
    const files = "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123";
    const synthesis = await synthesised({
      jobs: {
        features: {
          secrets: { KEY: `${secret}:password::`, OTHER: parameter },
          efsMounts: [{ fileSystemArn: files, path: "/models", accessPointId: "fsap-1", enableWrites: true }],
          ...{ userId: 1000, enableWritableRoot: true, exitRules: [{ action: "EXIT", onExitCode: "3" }] },
        },
        package: { roleArn: "arn:aws:iam::123456789012:role/ours" },
      },
    });
    const container = containerOf(synthesis, "videos-ExtractFeatures");
    assert.deepEqual(container["secrets"], [
      { name: "KEY", valueFrom: `${secret}:password::` },
      { name: "OTHER", valueFrom: parameter },
    ]);
    assert.deepEqual(container["volumes"], [
      { name: "scratch" },
      {
        name: "efs-1",
        efsVolumeConfiguration: {
          ...{ fileSystemId: "fs-0123", transitEncryption: "ENABLED" },
          authorizationConfig: { iam: "ENABLED", accessPointId: "fsap-1" },
        },
      },
    ]);
    assert.deepEqual((container["mountPoints"] as unknown[])[1], {
      sourceVolume: "efs-1",
      containerPath: "/models",
      readOnly: false,
    });
    assert.deepEqual(
      [container["user"], container["readonlyRootFilesystem"], container["privileged"]],
      ["1000", false, false],
    );
    assert.equal(containerOf(synthesis, "videos-PackageVideo")["jobRoleArn"], "arn:aws:iam::123456789012:role/ours");
    const allowed = (policy: string): unknown[] =>
      (
        named(synthesis, policy).inputs["policy"] as { Statement: { Action: string[]; Resource: string[] }[] }
      ).Statement.filter(({ Action: [action = ""] }) => /secrets|ssm|elasticfilesystem/.test(action)).map(
        ({ Action, Resource }) => [Action, Resource],
      );
    assert.deepEqual(allowed("videos-execution-policy"), [
      [["secretsmanager:GetSecretValue"], [secret]],
      [["ssm:GetParameters"], [parameter]],
    ]);
    assert.deepEqual(allowed("videos-job-policy"), [
      [["elasticfilesystem:ClientMount"], [files]],
      [["elasticfilesystem:ClientWrite"], [files]],
    ]);
    const { retryStrategy } = named(synthesis, "videos-ExtractFeatures").inputs;
    assert.deepEqual(retryStrategy, { attempts: 3, evaluateOnExits: [{ action: "EXIT", onExitCode: "3" }] });
  });

  it("of large renditions and long chunks get time in proportion, and their states too", async () => {
    const synthesis = await synthesised({
      renditions: [
        { name: "4k", height: 2160 },
        { name: "480p", height: 480 },
        { name: "own", height: 480, attemptTimeoutSeconds: 90 },
      ],
      ...{ chunkSeconds: 120, workflow: { timeoutSeconds: 500_000, queueWaitSeconds: 100 } },
      jobs: { transcode: { attemptTimeoutSeconds: 1000, attempts: 2 } },
    });
    const definition = named(synthesis, "videos-state-machine").inputs["definition"] as string;
    const seconds = [
      ...definition.matchAll(
        /'videos-Transcode_(\w+)-1'.*?'AttemptDurationSeconds': (\d+).*?\n\s*"TimeoutSeconds": "[^"]*\$min\(\[(\d+),/g,
      ),
    ];
    assert.deepEqual(
      seconds.map(([, ...found]) => found),
      [
        ["4k", "8000", "16100"],
        ["480p", "2000", "4100"],
        ["own", "90", "280"],
      ],
    );
  });
});

describe("the network", () => {
  const endpoints = (synthesis: Synthesis): unknown[] =>
    ofType(synthesis, "aws:ec2/vpcEndpoint:VpcEndpoint").map(({ inputs }) => [
      inputs["vpcEndpointType"],
      inputs["serviceName"],
    ]);

  it("is made with private subnets, one NAT gateway and an endpoint for S3", async () => {
    const synthesis = await synthesised({ network: { vpc: {} } });
    assert.deepEqual(named(synthesis, "videos-vpc").inputs, {
      ...{ cidrBlock: "10.0.0.0/16", numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } },
      ...{ subnetStrategy: "Auto", subnetSpecs: [{ type: "Private" }, { type: "Public" }] },
      ...{ enableDnsHostnames: true, enableDnsSupport: true },
    });
    assert.deepEqual(endpoints(synthesis), [["Gateway", "com.amazonaws.us-east-1.s3"]]);
    assert.deepEqual(named(synthesis, "videos-s3-endpoint").inputs["routeTableIds"], [
      "rtb-videos-vpc-private-a",
      "rtb-videos-vpc-private-b",
    ]);
    assert.deepEqual(resourcesOf(synthesis, "videos-compute")["subnets"], [
      "subnet-videos-vpc-private-a",
      "subnet-videos-vpc-private-b",
    ]);
    assert.match(
      JSON.stringify(named(synthesis, "videos-compute-launch-template").inputs),
      /"associatePublicIpAddress":"false"/,
    );
  });

  it("is made with interface endpoints instead, those for secrets only where there are any", async () => {
    const args = { network: { vpc: { enableInterfaceEndpoints: true } } };
    const services = ["ecs", "ecs-agent", "ecs-telemetry", "ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"];
    const expected = services.map((service) => ["Interface", `com.amazonaws.us-east-1.${service}`]);
    const synthesis = await synthesised(args);
    assert.deepEqual(named(synthesis, "videos-vpc").inputs["natGateways"], { strategy: "None" });
    assert.deepEqual(
      new Set(endpoints(synthesis).map(String)),
      new Set([["Gateway", "com.amazonaws.us-east-1.s3"], ...expected.slice(0, 6)].map(String)),
    );
    const secrets = { KEY: "arn:aws:ssm:us-east-1:123456789012:parameter/key" };
    assert.equal(endpoints(await synthesised({ ...args, jobs: { features: { secrets } } })).length, 9);
  });
});
