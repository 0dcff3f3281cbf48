import { strict as assert } from "node:assert";
import * as path from "node:path";

import { Topic } from "@pulumi/aws/sns";

import { VideoBatchPipeline } from "../../index";
import {
  childrenOf,
  definitionOf,
  parentOf,
  resourceNamed,
  resourcesOfType,
  stateNamed,
  statesOf,
  synthesise,
  synthesiseFolder,
  type Synthesis,
} from "../../testing";
import { IMAGE } from "../support/pipeline";

const QUEUE = "aws:batch/jobQueue:JobQueue";

describe("video-batch-pipeline/testing: resources", () => {
  let synthesis: Synthesis;
  before(async () => {
    synthesis = await synthesise(() => {
      const topic = new Topic("alerts");
      const pipeline = new VideoBatchPipeline("videos", {
        image: IMAGE,
        renditions: [{ name: "720p", height: 720 }],
        notifications: { topicArn: topic.arn },
      });
      new Topic("videos-job-role");
      return { stateMachine: pipeline.stateMachineArn };
    });
  });

  it("finds resources by name and by type, and the outputs of the stack", () => {
    assert.equal(resourceNamed(synthesis, "videos-low-queue").inputs["priority"], 1);
    assert.deepEqual(
      resourcesOfType(synthesis, QUEUE).map(({ name }) => name),
      ["videos-high-queue", "videos-low-queue"],
    );
    assert.deepEqual(synthesis.outputs, {
      stateMachine: "arn:aws:states:us-east-1:123456789012:stateMachine:videos-state-machine",
    });
  });

  it("lists the existing resources if one is not found", async () => {
    const small = await synthesise(() => void [new Topic("a"), new Topic("b")]);
    assert.throws(() => resourceNamed(small, "c"), {
      message: "There is no resource named c. The program has: a (aws:sns/topic:Topic), b (aws:sns/topic:Topic).",
    });
    assert.throws(() => resourceNamed(small, "a", QUEUE), {
      message: `There is no resource named a of type ${QUEUE}. The program has: a (aws:sns/topic:Topic), b (aws:sns/topic:Topic).`,
    });
    const empty = await synthesise(() => undefined);
    assert.throws(() => resourceNamed(empty, "c"), { message: "There is no resource named c. The program has: none." });
  });

  it("requires the type if a name is ambiguous", () => {
    assert.throws(() => resourceNamed(synthesis, "videos-job-role"), {
      message:
        "2 resources are named videos-job-role: videos-job-role (aws:iam/role:Role), videos-job-role (aws:sns/topic:Topic). Pass the type, too.",
    });
    const role = resourceNamed(synthesis, "videos-job-role", "aws:iam/role:Role");
    assert.equal(role.outputs["arn"], "arn:aws:iam::123456789012:role/videos-job-role");
  });

  it("finds parents and children", () => {
    const queue = resourceNamed(synthesis, "videos-high-queue");
    const component = parentOf(synthesis, queue);
    assert.equal(component?.type, "video-batch-pipeline:index:VideoBatchPipeline");
    assert.equal(parentOf(synthesis, component), undefined);
    assert.ok(childrenOf(synthesis, component).includes(queue));
    assert.ok(!childrenOf(synthesis, component).includes(resourceNamed(synthesis, "alerts")));
  });

  it("parses the definition and finds its states at any depth", () => {
    const definition = definitionOf(synthesis);
    assert.equal(definition.StartAt, "Extract Metadata");
    assert.deepEqual(definitionOf(synthesis, "videos-state-machine"), definition);
    assert.ok(statesOf(definition).some(([name]) => name === "Transcode_720p-2"));
    assert.equal(stateNamed(definition, "Transcode_720p-1").Type, "Task");
    assert.throws(() => stateNamed(definition, "Transcode_8k-1"), {
      message: /^There is no state Transcode_8k-1\. The definition has: Extract Metadata, Read Plan, /,
    });
  });

  it("evaluates the program in a folder", async () => {
    const tutorial = await synthesiseFolder(path.join(__dirname, "..", "..", "examples", "tutorial"));
    assert.equal(tutorial.project, "video-batch-pipeline-tutorial");
    assert.equal(resourcesOfType(tutorial, QUEUE).length, 2);
  });
});
