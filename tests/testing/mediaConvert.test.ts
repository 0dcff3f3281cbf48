import { strict as assert } from "node:assert";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline } from "../../index";
import { type MediaConvertJob, runScripted, synthesise, type Synthesis } from "../../testing";
import { fakeLadder, hlsGroup, jobArguments, videoOutput } from "../runner/mediaConvert/support";
import { IMAGE } from "../support/pipeline";

/** A program with a state machine of its own, which uses the pipeline's metadata, creates a job, and lists what that has written. */
function program(): Promise<Synthesis> {
  return synthesise(() => {
    const pipeline = new VideoBatchPipeline("videos", { image: IMAGE });
    const call = (resource: string, Arguments: object, more: object): object => ({
      ...{ Type: "Task", Resource: `arn:aws:states:::${resource}`, Arguments, ...more },
    });
    const video = {
      StateMachineArn: pipeline.stateMachineArn,
      Input: { input: "s3://in/a.mov", output: "s3://out/a" },
    };
    const groups = [hlsGroup([videoOutput("720p", 720), videoOutput("360p", 360)])];
    new aws.sfn.StateMachine("convert", {
      roleArn: "arn:aws:iam::123456789012:role/mine",
      definition: pulumi.jsonStringify({
        QueryLanguage: "JSONata",
        StartAt: "Encode",
        States: {
          "Encode": call("states:startExecution.sync:2", video, { Next: "Read Metadata" }),
          "Read Metadata": call(
            "aws-sdk:s3:getObject",
            { Bucket: "out", Key: "a/metadata.json" },
            { Assign: { height: "{% $parse($states.result.Body).source.height %}" }, Next: "Create Job" },
          ),
          "Create Job": call("mediaconvert:createJob.sync", jobArguments(groups), {
            Retry: [{ ErrorEquals: ["MediaConvert.TooManyRequestsException"], IntervalSeconds: 2 }],
            Assign: { status: "{% $states.result.Job.Status %}" },
            Next: "List Segments",
          }),
          "List Segments": call(
            "aws-sdk:s3:listObjectsV2",
            { Bucket: "videos", Prefix: "out/master_360p_" },
            { Output: "{% [$height, $status, $states.result.Contents.Key] %}", End: true },
          ),
        },
      }),
    });
  });
}

describe("a scripted run with a job of MediaConvert", () => {
  let synthesis: Synthesis;
  let ladder: ReturnType<typeof fakeLadder>;
  before(async () => {
    ladder = fakeLadder();
    synthesis = await program();
  });
  after(() => ladder.remove());

  it("writes what the job names to where other states read it", async () => {
    const jobs: MediaConvertJob[] = [];
    const run = await runScripted(synthesis, {
      ...{ stateMachine: "convert", input: {}, video: { width: 608, height: 1080 } },
      mediaConvert: {
        ladder: ladder.folder,
        decide: (_, call) => (call === 1 ? { refused: "throttle" } : { seconds: 600 }),
        onEnded: (job) => jobs.push(job),
      },
    });
    assert.deepEqual(
      [run.status, run.output],
      ["SUCCEEDED", [1080, "COMPLETE", "out/master_360p_00001.ts", "out/master_360p_00002.ts"]],
      run.cause,
    );
    assert.deepEqual(
      jobs.map(({ status, assets, started, ended }) => [status, assets.length, (ended! - started!) / 1000]),
      [["COMPLETE", 7, 600]],
    );
  });

  it("needs a ladder", async () => {
    await assert.rejects(runScripted(synthesis, { stateMachine: "convert", input: {} }), {
      name: "UnsupportedDefinition",
      message:
        /^The state machine cannot run here:\n {2}State 'Create Job': Resource "arn:aws:states:::mediaconvert:createJob\.sync" does not run here\./,
    });
  });
});
