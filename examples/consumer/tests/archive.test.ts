import assert from "node:assert/strict";
import path from "node:path";
import { before, describe, it } from "node:test";

import {
  definitionOf,
  parentOf,
  resourceNamed,
  resourcesOfType,
  runScripted,
  stateNamed,
  synthesise,
  synthesiseFolder,
  type Synthesis,
} from "video-batch-pipeline/testing";

import { VideoArchive } from "../archive";

const onCallTopicArn = "arn:aws:sns:us-east-1:123456789012:on-call";

describe("the archive", () => {
  let synthesis: Synthesis;
  before(async () => {
    synthesis = await synthesise(
      () => void new VideoArchive("archive", { editors: ["a@example.com"], onCallTopicArn }),
    );
  });

  it("keeps videos only in its own bucket", () => {
    const buckets = resourcesOfType(synthesis, "aws:s3/bucket:Bucket");
    assert.deepEqual(
      buckets.map(({ name, options }) => [name, options.protect]),
      [["archive-bucket", true]],
    );
  });

  it("contains the pipeline and its queues", () => {
    const queue = resourceNamed(synthesis, "archive-high-queue");
    const pipeline = parentOf(synthesis, queue);
    assert.equal(pipeline?.type, "video-batch-pipeline:index:VideoBatchPipeline");
    assert.equal(parentOf(synthesis, pipeline)?.type, "video-archive:index:VideoArchive");
    assert.deepEqual(queue.inputs["tags"], { project: "archive" });
  });

  it("notifies editors, and raises an alarm for the people on call", () => {
    const [subscription] = resourcesOfType(synthesis, "aws:sns/topicSubscription:TopicSubscription");
    assert.equal(subscription?.inputs["topic"], resourceNamed(synthesis, "archive-notices").outputs["arn"]);
    const alarm = resourceNamed(synthesis, "archive-failures");
    assert.deepEqual(alarm.inputs["dimensions"], {
      StateMachineArn: resourceNamed(synthesis, "archive-state-machine").outputs["arn"],
    });
    assert.deepEqual(alarm.inputs["alarmActions"], [onCallTopicArn]);
  });

  it("extracts the metadata first, then does everything else in parallel", () => {
    const definition = definitionOf(synthesis);
    assert.equal(definition.StartAt, "Extract Metadata");
    assert.equal(stateNamed(definition, "Process Video").Type, "Parallel");
  });

  it("encodes openings on the high queue, and the rest on the low one", async () => {
    const { jobs } = await runScripted(synthesis, { input: { input: "s3://archive-bucket/raw/interview.mp4" } });
    assert.deepEqual(
      jobs
        .filter(({ state, parentId }) => state?.startsWith("Transcode_480p") && !parentId)
        .map(({ state, queue }) => [state, queue]),
      [
        ["Transcode_480p-1", "archive-high-queue"],
        ["Transcode_480p-2", "archive-low-queue"],
      ],
    );
  });

  it("publishes a video below published/, and retries a job that dies once", async () => {
    const run = await runScripted(synthesis, {
      input: { input: "s3://archive-bucket/raw/interview.mp4" },
      video: { width: 854, height: 480, seconds: 120 },
      script: ({ jobName, attempt }) => ({
        seconds: 30,
        exitCode: jobName.endsWith("Transcode_480p-2") && attempt === 1 ? 1 : 0,
      }),
    });
    assert.equal(run.status, "SUCCEEDED", run.cause);
    assert.deepEqual(
      run.states.map(({ name }) => name).filter((name) => name.startsWith("Transcode_1080p")),
      [],
      "The source is smaller than 1080p.",
    );
    assert.match(run.notifications[0]?.message ?? "", /s3:\/\/archive-bucket\/published\/raw\/interview\.mp4/);
  });

  it("says which step failed", async () => {
    const run = await runScripted(synthesis, {
      input: { input: "s3://archive-bucket/raw/interview.mp4" },
      script: ({ jobName }) => ({ seconds: 1, exitCode: jobName.endsWith("ExtractFeatures") ? 2 : 0 }),
    });
    assert.equal(run.status, "FAILED");
    assert.match(run.notifications[0]?.message ?? "", /Extract Features/);
  });
});

it("is what the Pulumi program deploys", async () => {
  const program = await synthesiseFolder(path.join(__dirname, "..", ".."));
  assert.deepEqual(Object.keys(program.outputs).sort(), ["bucketName", "stateMachineArn", "whatDestroyDoes"]);
  const [subscription] = resourcesOfType(program, "aws:sns/topicSubscription:TopicSubscription");
  assert.equal(subscription?.inputs["endpoint"], "editors@example.com");
});
