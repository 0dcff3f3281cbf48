import { strict as assert } from "node:assert";

import type * as pulumi from "@pulumi/pulumi";

import { INSTANCE_ROLE_GUARD } from "../../../components/compute/instanceRoleGuard";
import type { VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { bundleWorker, containerOf, IMAGE, named, ofType, synthesisePipeline } from "../../support/pipeline";

const OURS = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
const resourcesOf = (synthesis: Synthesis, name: string): Record<string, unknown> =>
  named(synthesis, name).inputs["computeResources"] as Record<string, unknown>;
const synthesised = (args: VideoBatchPipelineArgs): Promise<Synthesis> => synthesisePipeline({ image: IMAGE, ...args });

describe("compute environments", () => {
  it("are of Spot capacity with On-Demand behind it, in every queue, by one setting", async () => {
    const synthesis = await synthesised({
      network: OURS,
      computeEnvironments: [
        { name: "spot", type: "SPOT", onDemandFallback: true, maxSpotPricePercent: 60, minVcpus: 2, maxVcpus: 64 },
      ],
    });
    const { launchTemplate, instanceRole, ...spot } = resourcesOf(synthesis, "videos-spot");
    assert.deepEqual(launchTemplate, { launchTemplateId: "videos-spot-launch-template-id", version: "1" });
    assert.equal(instanceRole, "arn:aws:iam::123456789012:instance-profile/videos-instance-profile");
    assert.deepEqual(spot, {
      ...{ type: "SPOT", allocationStrategy: "SPOT_PRICE_CAPACITY_OPTIMIZED", bidPercentage: 60 },
      ...{ minVcpus: 2, desiredVcpus: 2, maxVcpus: 64, instanceTypes: ["optimal"] },
      ...{ ec2Configurations: [{ imageType: "ECS_AL2023" }], subnets: ["subnet-1"] },
    });
    const behind = resourcesOf(synthesis, "videos-spot-on-demand");
    assert.deepEqual(
      [
        behind["type"],
        behind["allocationStrategy"],
        behind["minVcpus"],
        behind["desiredVcpus"],
        behind["bidPercentage"],
      ],
      ["EC2", "BEST_FIT_PROGRESSIVE", 0, 0, undefined],
    );
    const arn = "arn:aws:batch:us-east-1:123456789012:compute-environment";
    for (const queue of ofType(synthesis, "aws:batch/jobQueue:JobQueue")) {
      assert.deepEqual(queue.inputs["computeEnvironmentOrders"], [
        { order: 1, computeEnvironment: `${arn}/videos-spot` },
        { order: 2, computeEnvironment: `${arn}/videos-spot-on-demand` },
      ]);
    }
    assert.deepEqual(synthesis.outputs["computeEnvironmentNames"], {
      "spot": "videos-spot",
      "spot-on-demand": "videos-spot-on-demand",
    });
  });

  it("are of Fargate, without anything that only instances have", async () => {
    const synthesis = await synthesised({
      network: OURS,
      computeEnvironments: [{ name: "compute", type: "FARGATE_SPOT", tags: { own: "1" } }],
      tags: { all: "2" },
    });
    const { inputs, options } = named(synthesis, "videos-compute");
    assert.deepEqual(inputs, {
      ...{ type: "MANAGED", state: "ENABLED", tags: { own: "1", all: "2" } },
      computeResources: { type: "FARGATE_SPOT", maxVcpus: 4, subnets: ["subnet-1"], securityGroupIds: ["sg-1"] },
    });
    assert.deepEqual(options.ignoreChanges, []);
    const types = new Set(synthesis.resources.map(({ type }) => type));
    assert.ok(
      !types.has("aws:ec2/launchTemplate:LaunchTemplate") && !types.has("aws:iam/instanceProfile:InstanceProfile"),
    );
    assert.equal(synthesis.outputs["instanceRoleArn"], null);
    const container = containerOf(synthesis, "videos-TranscodeVideo");
    assert.deepEqual(named(synthesis, "videos-TranscodeVideo").inputs["platformCapabilities"], ["FARGATE"]);
    assert.deepEqual(container["networkConfiguration"], { assignPublicIp: "DISABLED" });
    assert.deepEqual(container["runtimePlatform"], { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" });
    assert.deepEqual(container["ephemeralStorage"], { sizeInGiB: 40 });
    const { evaluateOnExits } = named(synthesis, "videos-TranscodeVideo").inputs["retryStrategy"] as {
      evaluateOnExits: unknown[];
    };
    assert.deepEqual(evaluateOnExits, [
      { onStatusReason: "Your Spot Task*", action: "RETRY" },
      { onReason: "CannotPullContainer*", action: "RETRY" },
      { onStatusReason: "Task failed to start*", action: "RETRY" },
      { onExitCode: "1*", action: "RETRY" },
      { onReason: "*", action: "EXIT" },
    ]);
  });

  it("are nodes of an EKS cluster, with pods that may do nothing", async () => {
    const eks = {
      clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/media",
      ...{ namespace: "video", instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes" },
    };
    const synthesis = await synthesised({
      network: OURS,
      computeEnvironments: [{ name: "nodes", instanceTypes: ["g6"], eks: { ...eks, serviceAccountName: "worker" } }],
      renditions: [{ name: "720p", height: 720, encoder: "nvenc" }],
    });
    assert.deepEqual(named(synthesis, "videos-nodes").inputs["eksConfiguration"], {
      eksClusterArn: eks.clusterArn,
      kubernetesNamespace: "video",
    });
    const resources = resourcesOf(synthesis, "videos-nodes");
    assert.deepEqual(resources["ec2Configurations"], [{ imageType: "EKS_AL2023_NVIDIA" }]);
    assert.equal(resources["instanceRole"], eks.instanceProfileArn);
    const { eksProperties, platformCapabilities, containerProperties } = named(
      synthesis,
      "videos-TranscodeVideo-720p",
    ).inputs;
    assert.deepEqual([platformCapabilities, containerProperties], [undefined, undefined]);
    const quantities = { "cpu": "2", "memory": "1024Mi", "nvidia.com/gpu": "1" };
    assert.deepEqual(eksProperties, {
      podProperties: {
        hostNetwork: false,
        serviceAccountName: "worker",
        containers: [
          {
            ...{ name: "job", image: IMAGE.uri },
            commands: [
              ...["worker", "transcode", "--input", "Ref::input", "--output", "Ref::output", "--plan", "Ref::plan"],
              ...["--max-damaged-share", "Ref::maxDamagedShare"],
              ...["--rendition", "Ref::rendition", "--part", "Ref::part"],
            ],
            envs: [
              { name: "AWS_REGION", value: "us-east-1" },
              { name: "NVIDIA_DRIVER_CAPABILITIES", value: "compute,utility,video" },
            ],
            resources: { limits: quantities, requests: quantities },
            securityContext: {
              ...{ privileged: false, allowPrivilegeEscalation: false, readOnlyRootFileSystem: true },
              ...{ runAsUser: 10001, runAsGroup: 10001, runAsNonRoot: true },
            },
            volumeMounts: [{ name: "scratch", mountPath: "/tmp" }],
          },
        ],
        volumes: [{ name: "scratch", emptyDir: { sizeLimit: "40Gi" } }],
        metadata: { labels: { "video-batch-pipeline/job": "TranscodeVideo" } },
      },
    });
    const definition = named(synthesis, "videos-state-machine").inputs["definition"] as string;
    assert.ok(!definition.includes("Overrides"));
    const submit = /"Transcode_audio": \{[^}]*?"Arguments": (\{.*?\}\s*\}),/s.exec(definition)?.[1] ?? "{}";
    assert.deepEqual((JSON.parse(submit) as Record<string, unknown>)["Parameters"], {
      input: "{% $input %}",
      output: "{% $output %}",
      plan: "{% $plan %}",
      maxDamagedShare: "{% $maxDamagedShare %}",
    });
  });

  it("start from the machine image that is named, and so do those that stand behind them", async () => {
    const machineImageId = "ami-0123456789abcdef0";
    const synthesis = await synthesised({
      computeEnvironments: [{ name: "spot", type: "SPOT", onDemandFallback: true, machineImageId }],
    });
    for (const name of ["videos-spot", "videos-spot-on-demand"]) {
      assert.deepEqual(resourcesOf(synthesis, name)["ec2Configurations"], [
        { imageType: "ECS_AL2023", imageIdOverride: machineImageId },
      ]);
    }
  });

  it("run user data as Batch takes it, and have gp3 disks and IMDSv2 only", async () => {
    const synthesis = await synthesised({
      computeEnvironments: [{ name: "compute", diskGiB: 250, userData: "#!/bin/sh\necho hello" }],
    });
    const { userData, blockDeviceMappings, metadataOptions } = named(
      synthesis,
      "videos-compute-launch-template",
    ).inputs;
    assert.equal(
      Buffer.from(userData as string, "base64").toString(),
      [
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="==BOUNDARY=="\n',
        `--==BOUNDARY==\n${INSTANCE_ROLE_GUARD}`,
        '--==BOUNDARY==\nContent-Type: text/x-shellscript; charset="us-ascii"\n',
        "#!/bin/sh\necho hello\n\n--==BOUNDARY==--\n",
      ].join("\n"),
    );
    assert.match(JSON.stringify(blockDeviceMappings), /"encrypted":"true","volumeSize":250,"volumeType":"gp3"/);
    assert.deepEqual(metadataOptions, {
      ...{ httpEndpoint: "enabled", httpProtocolIpv6: "disabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    });
  });

  it("on Graviton have an image of their own, and job definitions where both architectures are used", async () => {
    bundleWorker();
    const synthesis = await synthesisePipeline({
      computeEnvironments: [{ name: "arm", architecture: "arm64" }, { name: "x86" }],
      queues: [
        { name: "high", priority: 2, environments: ["arm"] },
        { name: "low", priority: 1, environments: ["x86"] },
      ],
    });
    assert.deepEqual(resourcesOf(synthesis, "videos-arm")["instanceTypes"], ["default_arm64"]);
    const images = ofType(synthesis, "awsx:ecr:Image").map(({ name, inputs }) => [name, inputs["platform"]]);
    assert.deepEqual(images.sort(), [
      ["videos-image", "linux/amd64"],
      ["videos-image-arm64", "linux/arm64"],
    ]);
    assert.deepEqual(Object.keys(synthesis.outputs["jobDefinitionArns"] as object).sort(), [
      ...["features", "metadata", "package", "transcode", "transcode-ec2"],
    ]);
    assert.match(String(containerOf(synthesis, "videos-TranscodeVideo")["image"]), /videos-image-arm64@/);
    assert.match(String(containerOf(synthesis, "videos-TranscodeVideo-ec2")["image"]), /videos-image@/);
    const definition = named(synthesis, "videos-state-machine").inputs["definition"] as string;
    const used = [...definition.matchAll(/Transcode_720p-(\d)', 'JobDefinition': '[^']*\/([^:']*):1'/g)].map(
      ([, ...pair]) => pair,
    );
    assert.deepEqual(used, [
      ["1", "videos-TranscodeVideo"],
      ["2", "videos-TranscodeVideo-ec2"],
    ]);
  });
});

describe("replacements", () => {
  it("are asked for where Batch can't update in place, and nowhere else", async () => {
    const replaced = new Map<string, string[]>();
    await synthesisePipeline(
      {
        image: IMAGE,
        computeEnvironments: [
          { name: "spot", type: "SPOT" },
          { name: "fargate", type: "FARGATE" },
        ],
        queues: [
          { name: "high", priority: 1, environments: ["spot"] },
          { name: "low", priority: 1, environments: ["fargate"] },
        ],
      },
      () => ({
        transformations: [
          ({ name, opts }) => {
            const { replaceOnChanges = [], deleteBeforeReplace = false } = opts as pulumi.CustomResourceOptions;
            if (replaceOnChanges.length > 0) replaced.set(name, replaceOnChanges);
            // A generated name is what lets the new one exist beside the old one.
            assert.ok(!deleteBeforeReplace, name);
            return undefined;
          },
        ],
      }),
    );
    assert.deepEqual([...replaced].sort(), [
      ["videos-fargate", ["computeResources.type"]],
      ["videos-high-queue", ["schedulingPolicyArn"]],
      ["videos-low-queue", ["schedulingPolicyArn"]],
    ]);
  });
});
