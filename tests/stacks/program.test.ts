import assert from "node:assert/strict";
import path from "node:path";

import type { Ladder } from "../../contract/plan";
import { loadProgram, synthesiseProgram } from "../../runner/synthesis/program";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { typesAndNames } from "../support/engine";
import { runNodeProgram } from "../support/pulumiHost";

interface Container {
  environment?: { name: string; value: string }[];
}

const ROOT = path.resolve(__dirname, "../..");

function resource(synthesis: Synthesis, type: string): Synthesis["resources"][number] {
  const found = synthesis.resources.filter((candidate) => candidate.type === type);
  assert.equal(found.length, 1, `${found.length} resources of type ${type}`);
  return found[0]!;
}

describe("the Pulumi program", () => {
  it("registers for the CLI what it registers here", async () => {
    const program = loadProgram({ directory: ROOT, stack: "dev" });
    const hosted = await runNodeProgram(ROOT, "dev");
    assert.deepEqual({ exitCode: hosted.exitCode, errors: hosted.errors }, { exitCode: 0, errors: "" });
    assert.deepEqual(hosted.warnings, [
      "storage.forceDestroy is true: pulumi destroy DELETES the bucket with all videos and outputs in it.",
    ]);
    const { resources } = await synthesiseProgram(program);
    const here = resources
      .map(({ type, name }) => `${type}::${name}`)
      .concat("pulumi:pulumi:Stack::video-batch-pipeline-dev");
    assert.deepEqual(typesAndNames(hosted.registrations), here.sort());
  });

  it("gives dev the tutorial's sizes and a bucket that is deleted with the stack", async () => {
    const synthesis = await synthesiseProgram(loadProgram({ directory: ROOT, stack: "dev" }));
    const { computeResources } = resource(synthesis, "aws:batch/computeEnvironment:ComputeEnvironment").inputs as {
      computeResources: Record<string, unknown>;
    };
    assert.deepEqual(
      [computeResources["minVcpus"], computeResources["desiredVcpus"], computeResources["maxVcpus"]],
      [0, 2, 4],
    );
    const containers = JSON.stringify(synthesis.resources.map(({ inputs }) => inputs["containerProperties"]));
    assert.match(containers, /shareDecoding[\\"]+:true/);
    const bucket = resource(synthesis, "aws:s3/bucket:Bucket");
    assert.equal(bucket.options.protect, false);
    assert.equal(bucket.inputs["forceDestroy"], true);
    const retention = synthesis.resources
      .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")
      .map(({ inputs }) => inputs["retentionInDays"]);
    assert.deepEqual(new Set(retention), new Set([7]));
  });

  it("gives prod Spot with an On-Demand fallback, three queues with limits, and its own VPC", async () => {
    const { resources } = await synthesiseProgram(loadProgram({ directory: ROOT, stack: "prod" }));
    const inputsOf = (type: string): Record<string, unknown>[] =>
      resources.filter((candidate) => candidate.type === type).map(({ inputs }) => inputs);
    // Resources are not registered in the order of the program.
    const environments = ["videos-compute", "videos-compute-on-demand"].map((name) => {
      const found = resources.find((candidate) => candidate.name === name);
      const { type, maxVcpus, allocationStrategy, desiredVcpus } = found?.inputs["computeResources"] as Record<
        string,
        unknown
      >;
      return [type, maxVcpus, allocationStrategy, desiredVcpus];
    });
    assert.deepEqual(environments, [
      ["SPOT", 256, "SPOT_PRICE_CAPACITY_OPTIMIZED", 0],
      ["EC2", 256, "BEST_FIT_PROGRESSIVE", 0],
    ]);
    const batch = "arn:aws:batch:us-east-1:123456789012:compute-environment";
    const queues = inputsOf("aws:batch/jobQueue:JobQueue");
    assert.deepEqual(queues.map(({ priority }) => priority).sort(), [1, 10, 100]);
    for (const queue of queues) {
      assert.deepEqual(queue["computeEnvironmentOrders"], [
        { order: 1, computeEnvironment: `${batch}/videos-compute` },
        { order: 2, computeEnvironment: `${batch}/videos-compute-on-demand` },
      ]);
      const limits = queue["jobStateTimeLimitActions"] as { maxTimeSeconds: number }[];
      assert.deepEqual(
        limits.map(({ maxTimeSeconds }) => maxTimeSeconds),
        [14_400, 600, 600],
      );
    }
    assert.equal(inputsOf("awsx:ec2:Vpc").length, 1);
    assert.deepEqual(inputsOf("awsx:ec2:DefaultVpc"), []);
    const disks = inputsOf("aws:ec2/launchTemplate:LaunchTemplate").map(
      ({ blockDeviceMappings }) => blockDeviceMappings,
    );
    assert.match(JSON.stringify(disks), /^(?:.*"volumeSize":200){2}/);
  });

  it("gives prod longer retention and protected storage", async () => {
    const synthesis = await synthesiseProgram(loadProgram({ directory: ROOT, stack: "prod" }));
    const bucket = resource(synthesis, "aws:s3/bucket:Bucket");
    assert.equal(bucket.options.protect, true);
    assert.notEqual(bucket.inputs["forceDestroy"], true);
    const retention = synthesis.resources
      .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup")
      .map(({ inputs }) => inputs["retentionInDays"]);
    assert.deepEqual(new Set(retention), new Set([365]));
  });

  it("asks for approval and continues without a rendition if configured", async () => {
    const program = loadProgram({ directory: ROOT, stack: "dev" });
    Object.assign(program.config, {
      "video-batch-pipeline:continueOnRenditionFailure": "true",
      "video-batch-pipeline:approvalTimeoutSeconds": "600",
    });
    const { inputs } = resource(await synthesiseProgram(program), "aws:sfn/stateMachine:StateMachine");
    const { States } = JSON.parse(inputs["definition"] as string) as { States: Record<string, object> };
    assert.deepEqual((States["Ask for Approval"] as { TimeoutSeconds: number }).TimeoutSeconds, 600);
    assert.ok("Notify Partial" in States);
    program.config["video-batch-pipeline:approvalTimeoutSeconds"] = "5";
    await assert.rejects(synthesiseProgram(program), {
      message:
        "video-batch-pipeline:approvalTimeoutSeconds must be a whole number from 60 to 31,000,000. Received 5. The unit is seconds: 86400, a day, is the default.",
    });
  });

  it("describes after every deployment what happens to the videos when the stack is deleted", async () => {
    const said = async (stack: string, more: Record<string, string> = {}): Promise<unknown> => {
      const program = loadProgram({ directory: ROOT, stack });
      for (const [key, value] of Object.entries(more)) program.config[`video-batch-pipeline:${key}`] = value;
      return (await synthesiseProgram(program)).outputs["whatDestroyDoes"];
    };
    const settings = { deleteStorageWithStack: "false", retainStorage: "false", protectStorage: "false" };
    assert.deepEqual(
      [await said("dev"), await said("prod"), await said("dev", settings), await said("dev", { bucket: "archive" })],
      [
        "pulumi destroy DELETES the bucket videos-bucket with all videos and outputs in it.",
        "pulumi destroy refuses to run while protectStorage is true. After that, it leaves the bucket videos-bucket in AWS, with everything in it.",
        "pulumi destroy deletes the bucket videos-bucket only when it is empty, and fails as long as it holds anything.",
        "pulumi destroy leaves the bucket archive alone: it was there before.",
      ],
    );
  });

  it("monitors prod, starts it for uploads, and keeps former versions of its objects", async () => {
    const { resources, outputs } = await synthesiseProgram(loadProgram({ directory: ROOT, stack: "prod" }));
    const types = new Set(resources.map(({ type }) => type.split(":").at(-1)));
    for (const type of ["Dashboard", "MetricAlarm", "EventRule", "Queue", "BucketVersioning", "BucketNotification"]) {
      assert.ok(types.has(type), type);
    }
    const kept = resources.filter(({ options }) => options.retainOnDelete).map(({ name }) => name);
    assert.ok(kept.includes("videos-bucket") && kept.includes("videos-bucket-policy"));
    assert.match(outputs["deadLetterQueueUrl"] as string, /videos-dead-letters$/);
  });

  it("uses an existing bucket as it is", async () => {
    const program = loadProgram({ directory: ROOT, stack: "dev" });
    program.config["video-batch-pipeline:bucket"] = "archive";
    const { resources, outputs } = await synthesiseProgram(program);
    assert.deepEqual(
      resources.filter(({ type }) => type.startsWith("aws:s3/")),
      [],
    );
    assert.equal(outputs["bucketName"], "archive");
  });

  it("exports what is needed to start an execution and find its output", async () => {
    const { outputs } = await synthesiseProgram(loadProgram({ directory: ROOT, stack: "dev" }));
    assert.deepEqual(Object.keys(outputs).sort(), [
      "bucketName",
      "computeEnvironmentArns",
      "deadLetterQueueUrl",
      "jobDefinitionArns",
      "jobQueueArns",
      "stateMachineArn",
      "topicArn",
      "whatDestroyDoes",
    ]);
  });

  it("reports wrong values by their configuration keys, all at once", async () => {
    const program = loadProgram({ directory: ROOT, stack: "dev" });
    Object.assign(program.config, {
      "video-batch-pipeline:maxVcpus": "0",
      "video-batch-pipeline:preset": "warp",
      "video-batch-pipeline:queues": '["high:10","low:-3"]',
      "video-batch-pipeline:attempts": "11",
      "video-batch-pipeline:logRetentionDays": "8",
    });
    await assert.rejects(synthesiseProgram(program), {
      message: [
        'video-batch-pipeline:preset must be one of ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow. Received "warp". Leave it out for fast.',
        "video-batch-pipeline:queues[1] must be a whole number from 0 to 1,000. Received -3. A queue with a higher number is served first.",
        "video-batch-pipeline:maxVcpus must be a whole number from 1 to 100,000. Received 0. The more, the more jobs run side by side.",
        "video-batch-pipeline:attempts must be a whole number from 1 to 10. Received 11. 3 is the default.",
        "video-batch-pipeline:logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653. Received 8. CloudWatch knows no other periods; 30 is the default.",
      ].join("\n"),
    });
  });

  it("creates renditions with the codecs in their values", async () => {
    const program = loadProgram({ directory: ROOT, stack: "dev" });
    program.config["video-batch-pipeline:renditions"] = '["1080p:h264","1080p:av1","720p:hevc","480p"]';
    const synthesis = await synthesiseProgram(program);
    const ladder = synthesis.resources
      .flatMap(({ inputs }) => JSON.parse((inputs["containerProperties"] as string | undefined) ?? "{}") as Container)
      .flatMap(({ environment = [] }) => environment.filter(({ name }) => name === "VIDEO_BATCH_LADDER"))[0];
    const { renditions } = JSON.parse(ladder?.value ?? "{}") as Ladder;
    assert.deepEqual(
      renditions.map(({ name, height, codec, preset }) => [name, height, codec, preset]),
      [
        ["1080p", 1080, undefined, "veryfast"],
        ["1080p-av1", 1080, "av1", "veryfast"],
        ["720p-hevc", 720, "hevc", "veryfast"],
        ["480p", 480, undefined, "veryfast"],
      ],
    );
    const { inputs } = resource(synthesis, "aws:sfn/stateMachine:StateMachine");
    assert.match(inputs["definition"] as string, /"Transcode_1080p-av1-1"/);

    program.config["video-batch-pipeline:renditions"] = '["1080p:h265","720p:vp9","720p:vp9"]';
    await assert.rejects(synthesiseProgram(program), {
      message: [
        'video-batch-pipeline:renditions[0] must be one of h264, hevc, av1, vp9. Received "h265". Leave it out for h264.',
        'video-batch-pipeline:renditions[2] must differ from renditions[1].name by more than case. Received "720p-vp9". Rename or remove one of them.',
      ].join("\n"),
    });
  });

  it("requires fewer stages than queues", async () => {
    const program = loadProgram({ directory: ROOT, stack: "dev" });
    program.config["video-batch-pipeline:partSeconds"] = "[10, 20]";
    await assert.rejects(synthesiseProgram(program), {
      message:
        "video-batch-pipeline:partSeconds must have fewer entries than video-batch-pipeline:queues, whose last one takes the rest. Received [10,20].",
    });
  });

  it("reports values that don't parse by their configuration keys", async () => {
    const program = loadProgram({ directory: ROOT, stack: "dev" });
    Object.assign(program.config, {
      "video-batch-pipeline:renditions": '["1080p","hd","720p:"]',
      "video-batch-pipeline:queues": '["high"]',
    });
    await assert.rejects(synthesiseProgram(program), {
      message:
        'video-batch-pipeline:renditions[1] must be 4k, 8k or a height such as 720p, optionally followed by a codec, such as 720p:av1. Received "hd".\n' +
        'video-batch-pipeline:renditions[2] must be 4k, 8k or a height such as 720p, optionally followed by a codec, such as 720p:av1. Received "720p:".\n' +
        'video-batch-pipeline:queues[0] must be a name and a priority, such as high:10. Received "high".',
    });
  });
});
