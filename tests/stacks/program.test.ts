import assert from "node:assert/strict";
import path from "node:path";

import { synthesiseProgram } from "../../runner/synthesis/evaluation";
import { loadProgram } from "../../runner/synthesis/program";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { typesAndNames } from "../support/engine";
import { runNodeProgram } from "../support/pulumiHost";

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
      "storage.forceDestroy of videos is true: pulumi destroy DELETES the bucket with all videos and outputs in it.",
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
      "video-batch-pipeline:workflow": '{"continueOnRenditionFailure":true}',
      "video-batch-pipeline:approval": '{"timeoutSeconds":600}',
    });
    const { inputs } = resource(await synthesiseProgram(program), "aws:sfn/stateMachine:StateMachine");
    const { States } = JSON.parse(inputs["definition"] as string) as { States: Record<string, object> };
    assert.deepEqual((States["Ask for Approval"] as { TimeoutSeconds: number }).TimeoutSeconds, 600);
    assert.ok("Notify Partial" in States);
  });

  it("describes after every deployment what happens to the videos when the stack is deleted", async () => {
    const said = async (stack: string, more: Record<string, string> = {}): Promise<unknown> => {
      const program = loadProgram({ directory: ROOT, stack });
      Object.assign(program.config, more);
      return (await synthesiseProgram(program)).outputs["whatDestroyDoes"];
    };
    const storage = (text: string): Record<string, string> => ({ "video-batch-pipeline:storage": text });
    assert.deepEqual(
      [
        await said("dev"),
        await said("prod"),
        await said("dev", storage("{}")),
        await said("dev", storage('{"bucket":"archive"}')),
      ],
      [
        "pulumi destroy DELETES the bucket videos-bucket with all videos and outputs in it.",
        "pulumi destroy fails in its preview while storage.protect is true; with --skip-preview, which the Automation API uses, it deletes everything but the bucket videos-bucket and what belongs to it. After that, it leaves the bucket videos-bucket in AWS, with everything in it.",
        "pulumi destroy deletes the bucket videos-bucket only when it is empty, and fails as long as it holds anything.",
        "pulumi destroy doesn't touch the bucket archive: the pipeline didn't create it.",
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
    program.config["video-batch-pipeline:storage"] = '{"bucket":"archive"}';
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
});
