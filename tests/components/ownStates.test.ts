import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { inspectionStates, outcomeStates, VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import type { PipelineOutcomeStates, PipelineStates } from "../../index";
import { synthesise } from "../../testing";
import { IMAGE } from "../support/pipeline";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:notices";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/1b2c3d4e-0000-4000-8000-000000000000";
const NEXT = { next: "Read Metadata", failed: "Give Up" };

interface Made {
  inspection: PipelineStates;
  outcome: PipelineOutcomeStates;
}

async function make(args: VideoBatchPipelineArgs = {}, playlist?: string): Promise<Made> {
  const { outputs } = await synthesise(() => {
    const pipeline = new VideoBatchPipeline("videos", {
      image: IMAGE,
      notifications: { topicArn: TOPIC },
      ...args,
    });
    const outcome = outcomeStates(pipeline, playlist === undefined ? {} : { playlist });
    return { inspection: inspectionStates(pipeline, NEXT), outcome };
  });
  return outputs as unknown as Made;
}

const sidsOf = ({ statements }: PipelineStates): unknown[] => statements.map(({ Sid }) => Sid);

describe("states for other state machines", () => {
  it("inspect a video, and read the worker's sentence after a failure", async () => {
    const { inspection } = await make();
    const { "Extract Metadata": extract, "Read Cause": read, ...others } = inspection.states;
    assert.deepEqual(others, {});
    assert.ok(extract?.Type === "Task" && read?.Type === "Task");
    assert.deepEqual(
      [extract.Next, Object.keys(extract.Assign ?? {}), extract.Catch!.map(({ Next }) => Next)],
      ["Read Metadata", ["input", "output", "metadataJob"], ["Read Cause"]],
    );
    assert.deepEqual(Object.keys(extract.Catch![0]!.Assign ?? {}), ["input", "output", "failure"]);
    assert.deepEqual([read.Next, read.Catch!.map(({ Next }) => Next)], ["Give Up", ["Give Up"]]);
    assert.deepEqual(sidsOf(inspection), ["SubmitJobs", "WatchJobs", "EndJobs", "HearFromBatch", "ReadCauses"]);
  });

  it("read no sentence of somebody else's program", async () => {
    const own = { image: IMAGE.uri, command: ["encode", "Ref::input", "Ref::output"] };
    const { inspection } = await make({ jobs: { transcode: own } });
    const { "Extract Metadata": extract, ...others } = inspection.states;
    assert.deepEqual([others, extract?.Type === "Task" && extract.Catch!.map(({ Next }) => Next)], [{}, ["Give Up"]]);
  });

  it("end with a notice, and with events if the pipeline sends some", async () => {
    const { outcome: quiet } = await make();
    assert.deepEqual(
      [quiet.succeeded, quiet.failed, Object.keys(quiet.states), sidsOf(quiet)],
      ["Notify Success", "Notify Failure", ["Notify Success", "Notify Failure", "Fail Video"], ["PublishNotices"]],
    );
    const { outcome: loud } = await make({ events: {} }, "hls/main.m3u8");
    assert.deepEqual([loud.succeeded, loud.failed], ["Send Video Published", "Notify Failure"]);
    assert.deepEqual(Object.keys(loud.states).sort(), [
      ...["Fail Video", "Notify Failure", "Notify Success", "Send Video Failed", "Send Video Published"],
    ]);
    assert.match(JSON.stringify(loud.states["Notify Success"]), /hls\/main\.m3u8/);
    assert.doesNotMatch(JSON.stringify(quiet.states), /m3u8|EventBusName/);
  });

  it("come with what keys need", async () => {
    const { inspection, outcome } = await make({
      encryption: { kmsKeyArn: KEY },
      notifications: { topicArn: TOPIC, topicKeyArn: KEY },
    });
    assert.deepEqual([sidsOf(inspection).at(-1), sidsOf(outcome).at(-1)], ["ReadPlansWithKey", "PublishWithKey"]);
  });

  it("send no notices to a topic that would refuse them", async () => {
    await assert.rejects(make({ notifications: {} }), {
      name: "TypeError",
      message:
        "The topic that videos creates takes notices of the pipeline alone. Give the pipeline your own topic with notifications.topicArn, and put its output topicPolicy into that topic's policy.",
    });
  });

  it("are made for pipelines alone", () => {
    const other = new pulumi.Config() as unknown as VideoBatchPipeline;
    assert.throws(() => inspectionStates(other, NEXT), {
      name: "TypeError",
      message: "States can only be made for a VideoBatchPipeline. Pass the component itself.",
    });
  });
});
