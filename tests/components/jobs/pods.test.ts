import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import type { Job, VideoBatchPipelineArgs } from "../../../index";
import type { JobDefinition } from "../../../runner/batch/api/configuration";
import { readDeployment } from "../../../runner/synthesis/deployment";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { factsOf } from "../../../view/preview/facts";
import { IMAGE, named, ofType, synthesisePipeline } from "../../support/pipeline";

const EKS = {
  clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/media",
  ...{ namespace: "video", instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes" },
};

const onEks = (jobs: VideoBatchPipelineArgs["jobs"], more: VideoBatchPipelineArgs = {}): Promise<Synthesis> =>
  synthesisePipeline({
    image: IMAGE,
    network: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] },
    computeEnvironments: [
      { name: "nodes", eks: { ...EKS, serviceAccountName: "worker" }, userData: "#!/bin/sh\nfree" },
    ],
    renditions: [{ name: "720p", height: 720 }],
    ...{ jobs, ...more },
  });

interface PodProperties {
  serviceAccountName: string;
  volumes: object[];
  containers: { volumeMounts: object[] }[];
}

const podOf = (synthesis: Synthesis, name: string): PodProperties =>
  (named(synthesis, name).inputs["eksProperties"] as { podProperties: PodProperties }).podProperties;

describe("pods", () => {
  it("have a service account and Kubernetes secrets of their own", async () => {
    const synthesis = await onEks({
      features: {
        pod: {
          serviceAccountName: pulumi.output("scene-finder"),
          secretMounts: [{ secretName: pulumi.output("keys"), path: "/keys", optional: true }],
        },
      },
    });
    const { serviceAccountName, volumes, containers } = podOf(synthesis, "videos-ExtractFeatures");
    assert.equal(serviceAccountName, "scene-finder");
    assert.deepEqual(volumes, [
      { name: "scratch", emptyDir: { sizeLimit: "40Gi" } },
      { name: "secret-1", secret: { secretName: "keys", optional: true } },
    ]);
    assert.deepEqual(containers[0]?.volumeMounts, [
      { name: "scratch", mountPath: "/tmp" },
      { name: "secret-1", mountPath: "/keys", readOnly: true },
    ]);
    assert.equal(podOf(synthesis, "videos-ExtractMetadata").serviceAccountName, "worker");
    assert.deepEqual(named(synthesis, "videos-ExtractMetadata").inputs["retryStrategy"], {
      attempts: 3,
      evaluateOnExits: [
        { action: "EXIT", onExitCode: "2" },
        { action: "EXIT", onExitCode: "3" },
      ],
    });
    assert.equal(ofType(synthesis, "aws:cloudcontrol/resource:Resource").length, 0);
    const { userData } = named(synthesis, "videos-nodes-launch-template").inputs;
    assert.match(Buffer.from(userData as string, "base64").toString(), /\n#!\/bin\/sh\nfree\n\n--==BOUNDARY==--/);
  });

  it("have persistent volumes, by a definition that Cloud Control makes in CloudFormation's words", async () => {
    const synthesis = await onEks(
      {
        package: {
          attempts: 2,
          exitRules: [{ action: "RETRY", onStatusReason: "Host EC2*" }],
          pod: { claimMounts: [{ claimName: "archive", path: "/archive", enableWrites: true }] },
        },
      },
      { tags: { team: "video" } },
    );
    const { typeName, desiredState } = named(synthesis, "videos-PackageVideo").inputs as Record<string, string>;
    assert.equal(typeName, "AWS::Batch::JobDefinition");
    const { JobDefinitionName, ...desired } = JSON.parse(desiredState ?? "") as Record<string, unknown>;
    assert.match(String(JobDefinitionName), /^videos-PackageVideo-[0-9a-f]{7}$/);
    const quantities = { cpu: "2", memory: "1024Mi" };
    assert.deepEqual(desired, {
      Type: "container",
      RetryStrategy: { Attempts: 2, EvaluateOnExit: [{ Action: "RETRY", OnStatusReason: "Host EC2*" }] },
      Timeout: { AttemptDurationSeconds: 3600 },
      PropagateTags: true,
      EksProperties: {
        PodProperties: {
          HostNetwork: false,
          ServiceAccountName: "worker",
          Containers: [
            {
              ...{ Name: "job", Image: IMAGE.uri },
              Command: [
                ...["worker", "package", "--input", "Ref::input", "--output", "Ref::output", "--plan", "Ref::plan"],
                ...["--max-damaged-share", "Ref::maxDamagedShare"],
              ],
              Env: [{ Name: "AWS_REGION", Value: "us-east-1" }],
              Resources: { Limits: quantities, Requests: quantities },
              SecurityContext: {
                ...{ Privileged: false, AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true },
                ...{ RunAsUser: 10001, RunAsGroup: 10001, RunAsNonRoot: true },
              },
              VolumeMounts: [
                { Name: "scratch", MountPath: "/tmp" },
                { Name: "claim-1", MountPath: "/archive" },
              ],
            },
          ],
          Volumes: [
            { Name: "scratch", EmptyDir: { SizeLimit: "40Gi" } },
            { Name: "claim-1", PersistentVolumeClaim: { ClaimName: "archive", ReadOnly: false } },
          ],
          Metadata: { Labels: { "video-batch-pipeline/job": "PackageVideo" } },
        },
      },
      Tags: { team: "video" },
      ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true },
    });
    const name = String(JobDefinitionName);
    const arn = `arn:aws:batch:us-east-1:123456789012:job-definition/${name}:1`;
    assert.equal((synthesis.outputs["jobDefinitionArns"] as Record<string, string>)["package"], arn);
    assert.equal((synthesis.outputs["jobDefinitionNames"] as Record<string, string>)["package"], name);
    assert.ok(String(named(synthesis, "videos-state-machine").inputs["definition"]).includes(arn));
    const statements = JSON.stringify(named(synthesis, "videos-state-machine-policy").inputs["policy"]);
    assert.ok(name.startsWith("videos-"));
    assert.ok(statements.includes('"arn:aws:batch:us-east-1:123456789012:job-definition/videos-*:*"'));
  });

  it("keep a name that is given", async () => {
    const synthesis = await onEks({
      package: { jobDefinitionName: "Pack", pod: { claimMounts: [{ claimName: "a", path: "/a" }] } },
    });
    assert.match(String(named(synthesis, "videos-PackageVideo").inputs["desiredState"]), /"JobDefinitionName":"Pack"/);
  });

  it("are previewed with what they have", async () => {
    for (const pod of [{}, { claimMounts: [{ claimName: "a", path: "/a" }] }]) {
      const synthesis = await onEks({ features: { memoryMiB: 5000, attempts: 4, pod } });
      const facts = factsOf(named(synthesis, "videos-ExtractFeatures"));
      assert.equal(facts, "2 vCPUs, 5,000 MiB, 4 attempts of at most 3,600 s");
    }
  });

  it("run here as those of the provider's own resource do", async () => {
    const settings = { attempts: 4, vcpus: 3, memoryMiB: 5000, environment: { Some_Key: "value" } };
    const definitionOf = async (pod: Job["pod"]): Promise<JobDefinition | undefined> => {
      const { batch } = readDeployment(await onEks({ features: { ...settings, pod } }));
      return batch.jobDefinitions.find(({ command }) => command[1] === "features");
    };
    const plain = await definitionOf({});
    const claimed = await definitionOf({ claimMounts: [{ claimName: "a", path: "/a" }] });
    assert.ok(plain && claimed);
    const { arn, name, ...definition } = claimed;
    assert.match(
      `${name} ${arn}`,
      /^(videos-ExtractFeatures-\w{7}) arn:aws:batch:us-east-1:123456789012:job-definition\/\1:1$/,
    );
    assert.deepEqual({ ...definition, arn: plain.arn, name: plain.name }, plain);
    assert.deepEqual([definition.vcpus, definition.environment], [3, { AWS_REGION: "us-east-1", Some_Key: "value" }]);
  });
});
