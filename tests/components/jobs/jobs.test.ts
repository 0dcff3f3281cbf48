import { strict as assert } from "node:assert";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../../index";
import { synthesise, type Synthesis } from "../../../runner/synthesis/synthesis";
import { containerOf, IMAGE, named, synthesisePipeline } from "../../support/pipeline";

const synthesised = (args: VideoBatchPipelineArgs): Promise<Synthesis> => synthesisePipeline({ image: IMAGE, ...args });

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

  it("know the region of the pipeline's provider, unless they name another", async () => {
    const jobs = { package: { environment: { AWS_REGION: "eu-central-1" } } };
    const synthesis = await synthesise(() => void new VideoBatchPipeline("videos", { image: IMAGE, jobs }), {
      config: { "aws:region": "ap-southeast-2" },
    });
    const regions = ["ExtractMetadata", "ExtractFeatures", "TranscodeVideo", "PackageVideo"].map((name) => {
      const variables = containerOf(synthesis, `videos-${name}`)["environment"] as { name: string; value: string }[];
      return variables.filter((variable) => variable.name === "AWS_REGION").map(({ value }) => value);
    });
    assert.deepEqual(regions, [["ap-southeast-2"], ["ap-southeast-2"], ["ap-southeast-2"], ["eu-central-1"]]);
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
