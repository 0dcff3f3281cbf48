import { strict as assert } from "node:assert";
import * as path from "node:path";

import { synthesiseProgram } from "../../runner/synthesis/evaluation";
import { loadProgram } from "../../runner/synthesis/program";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { bundleWorker, containerOf, named } from "../support/pipeline";

/** What every pipeline of the worker has, without the pipeline's name. */
const ALWAYS = [
  ...["JobDefinition ExtractFeatures", "JobDefinition ExtractMetadata", "JobDefinition PackageVideo"],
  ...["LogGroup job-logs", "LogGroup state-machine-logs"],
  ...["Role execution-role", "Role job-role", "Role state-machine-role"],
  ...["RolePolicy execution-policy", "RolePolicy job-policy", "RolePolicy state-machine-policy"],
  "StateMachine state-machine",
];
const BUCKET = [
  ...["Bucket bucket", "BucketLifecycleConfiguration bucket-lifecycle"],
  ...["BucketOwnershipControls bucket-ownership", "BucketPolicy bucket-policy"],
  "BucketPublicAccessBlock bucket-public-access",
  "BucketServerSideEncryptionConfiguration bucket-encryption",
];
const TOPIC = ["Topic topic", "TopicPolicy topic-policy"];
const DEFAULT_VPC = ["DefaultVpc vpc", "SecurityGroup security-group"];
const INSTANCES = [
  ...["InstanceProfile instance-profile", "Role instance-role"],
  "RolePolicyAttachment instance-role-policy",
];
const HIGH_AND_LOW = ["JobQueue high-queue", "JobQueue low-queue"];
const IMAGE = ["Repository repository", "Image image"];
const TRANSCODE = ["JobDefinition TranscodeVideo"];

const instances = (name: string): string[] => [`ComputeEnvironment ${name}`, `LaunchTemplate ${name}-launch-template`];

const EXAMPLES: Record<
  string,
  { name: string; has: string[]; without?: string[]; also: (synthesis: Synthesis) => void }
> = {
  "spot-with-on-demand": {
    name: "spot",
    has: [
      ...[BUCKET, TOPIC, DEFAULT_VPC, INSTANCES, HIGH_AND_LOW, IMAGE, TRANSCODE].flat(),
      ...[instances("compute"), instances("compute-on-demand"), "SchedulingPolicy low-scheduling-policy"].flat(),
    ],
    also: (synthesis) => {
      const kinds = ["spot-compute", "spot-compute-on-demand"].map((name) => {
        const { computeResources, updatePolicy } = named(synthesis, name).inputs as Record<
          string,
          Record<string, unknown>
        >;
        return [computeResources?.["type"], updatePolicy?.["jobExecutionTimeoutMinutes"]];
      });
      assert.deepEqual(kinds, [
        ["SPOT", 60],
        ["EC2", 60],
      ]);
    },
  },
  "fargate": {
    name: "fargate",
    has: [
      ...[BUCKET, TOPIC, DEFAULT_VPC, HIGH_AND_LOW, IMAGE, TRANSCODE].flat(),
      ...["ComputeEnvironment steady", "ComputeEnvironment spare", "ComputeEnvironment spare-on-demand"],
    ],
    also: (synthesis) => {
      const container = containerOf(synthesis, "fargate-TranscodeVideo");
      assert.deepEqual(container["ephemeralStorage"], { sizeInGiB: 60 });
      assert.deepEqual(container["resourceRequirements"], [
        { type: "VCPU", value: "2" },
        { type: "MEMORY", value: "4096" },
      ]);
    },
  },
  "gpu": {
    name: "gpu",
    has: [
      ...[BUCKET, TOPIC, DEFAULT_VPC, INSTANCES, TRANSCODE, instances("graviton"), instances("gpu")].flat(),
      ...["JobQueue control-queue", "JobQueue encode-queue", "JobQueue background-queue"],
    ],
    also: (synthesis) => {
      const definition = named(synthesis, "gpu-state-machine").inputs["definition"] as string;
      assert.equal(definition.match(/'Type': 'GPU', 'Value': '1'/g)?.length, 2);
      assert.deepEqual(containerOf(synthesis, "gpu-TranscodeVideo")["environment"], [
        { name: "AWS_REGION", value: "us-east-1" },
        { name: "NVIDIA_DRIVER_CAPABILITIES", value: "compute,utility,video" },
      ]);
    },
  },
  "eks": {
    name: "eks",
    has: [
      ...[BUCKET, TOPIC, HIGH_AND_LOW, IMAGE, instances("nodes")].flat(),
      ...["1080p", "480p", "audio"].map((only) => `JobDefinition TranscodeVideo-${only}`),
      // Instead of its job definition: with a claim it is made through Cloud Control.
      "Resource ExtractFeatures",
    ],
    // Pods have the permissions of their service account.
    without: ["JobDefinition ExtractFeatures", "RolePolicy execution-policy", "RolePolicy job-policy"],
    also: (synthesis) => {
      const { desiredState } = named(synthesis, "eks-ExtractFeatures").inputs as Record<string, string>;
      assert.match(desiredState ?? "", /"ServiceAccountName":"scene-finder"/);
      assert.match(desiredState ?? "", /"PersistentVolumeClaim":\{"ClaimName":"models","ReadOnly":true\}/);
      const definition = named(synthesis, "eks-state-machine").inputs["definition"] as string;
      assert.ok(!definition.includes("ContainerOverrides"));
    },
  },
  "existing-network": {
    name: "ours",
    has: [...INSTANCES, ...HIGH_AND_LOW, ...TRANSCODE, ...instances("compute")],
    also: (synthesis) => {
      assert.equal(
        containerOf(synthesis, "ours-PackageVideo")["jobRoleArn"],
        "arn:aws:iam::123456789012:role/video-packaging",
      );
    },
  },
};

for (const [example, { name, has, without = [], also }] of Object.entries(EXAMPLES)) {
  describe(`examples/${example}`, () => {
    let synthesis: Synthesis;
    before(async () => {
      bundleWorker();
      const directory = path.join(__dirname, "..", "..", "examples", example);
      synthesis = await synthesiseProgram(loadProgram({ directory }));
    });

    it("registers exactly these resources", () => {
      const registered = synthesis.resources.map((resource) => `${resource.type.split(":")[2]} ${resource.name}`);
      const expected = [...ALWAYS.filter((entry) => !without.includes(entry)), ...has].map((entry) =>
        entry.replace(" ", ` ${name}-`),
      );
      assert.deepEqual(registered.sort(), [...expected, `VideoBatchPipeline ${name}`].sort());
    });

    it("shows what it is about", () => also(synthesis));
  });
}
