import { strict as assert } from "node:assert";
import * as path from "node:path";

import type { ParallelState, StateMachineDefinition } from "../../contract/asl";
import { synthesiseProgram } from "../../runner/synthesis/evaluation";
import { loadProgram } from "../../runner/synthesis/program";
import type { Synthesis } from "../../runner/synthesis/synthesis";
import { containerOf, fixture, named, ofType } from "../support/pipeline";

describe("examples/tutorial", () => {
  let synthesis: Synthesis;
  before(async () => {
    const directory = path.join(__dirname, "..", "..", "examples", "tutorial");
    synthesis = await synthesiseProgram(loadProgram({ directory }));
  });

  const jobs: [string, string][] = [
    ["ExtractMetadata", "echo extracting metadata from video"],
    ["ExtractFeatures", "echo performing video feature extraction"],
    ["TranscodeVideo", "echo performing video transcoding job"],
  ];
  for (const [name, command] of jobs) {
    it(`has the tutorial's job ${name}`, () => {
      const container = containerOf(synthesis, `tutorial-${name}`);
      assert.equal(named(synthesis, `tutorial-${name}`).inputs["name"], `StepsBatchTutorial_${name}`);
      assert.equal((container["command"] as string[]).join(" "), command);
      assert.equal(container["image"], "public.ecr.aws/docker/library/amazonlinux:latest");
      assert.deepEqual(container["resourceRequirements"], [
        { type: "VCPU", value: "2" },
        { type: "MEMORY", value: "1024" },
      ]);
    });
  }

  it("has the tutorial's queues and compute environment, and nothing that only the worker needs", () => {
    const queues = ofType(synthesis, "aws:batch/jobQueue:JobQueue").map(({ inputs }) => [
      inputs["name"],
      inputs["priority"],
    ]);
    assert.deepEqual(queues, [
      ["StepsBatchTutorial_HighPriorityQueue", 10],
      ["StepsBatchTutorial_LowPriorityQueue", 1],
    ]);
    const { name, computeResources } = named(synthesis, "tutorial-compute").inputs as Record<string, object>;
    const { minVcpus, desiredVcpus, maxVcpus } = computeResources as Record<string, number>;
    assert.deepEqual([name, minVcpus, desiredVcpus, maxVcpus], ["StepsBatchTutorial_ComputeEnv", 0, 2, 4]);
    assert.deepEqual(synthesis.resources.map((resource) => `${resource.type.split(":")[2]} ${resource.name}`).sort(), [
      "ComputeEnvironment tutorial-compute",
      "DefaultVpc tutorial-vpc",
      "InstanceProfile tutorial-instance-profile",
      "JobDefinition tutorial-ExtractFeatures",
      "JobDefinition tutorial-ExtractMetadata",
      "JobDefinition tutorial-TranscodeVideo",
      "JobQueue tutorial-high-queue",
      "JobQueue tutorial-low-queue",
      "LaunchTemplate tutorial-compute-launch-template",
      "LogGroup tutorial-job-logs",
      "LogGroup tutorial-state-machine-logs",
      "Role tutorial-execution-role",
      "Role tutorial-instance-role",
      "Role tutorial-job-role",
      "Role tutorial-state-machine-role",
      "RolePolicy tutorial-execution-policy",
      "RolePolicy tutorial-state-machine-policy",
      "RolePolicyAttachment tutorial-instance-role-policy",
      "SecurityGroup tutorial-security-group",
      "StateMachine tutorial-state-machine",
      "Topic tutorial-topic",
      "TopicPolicy tutorial-topic-policy",
      "VideoBatchPipeline tutorial",
    ]);
  });

  it("has the states of the tutorial's definition, in its order", () => {
    const definition = JSON.parse(synthesis.outputs["definition"] as string) as StateMachineDefinition;
    const { States, StartAt } = definition;
    const process = States["Process Video"] as ParallelState;
    const [features, transcode] = process.Branches;
    const renditions = (transcode!.States["Transcode Video"] as ParallelState).Branches;
    assert.deepEqual(
      [StartAt, (States["Extract Metadata"] as { Next: string }).Next],
      ["Extract Metadata", "Process Video"],
    );
    assert.deepEqual([features!.StartAt, transcode!.StartAt], ["Extract Features", "Transcode Video"]);
    const first = ["4k", "1080p", "720p", "480p"].map((name) => `Transcode_${name}-1`);
    assert.deepEqual(
      renditions.map((branch) => [branch.StartAt, (branch.States[branch.StartAt] as { Next: string }).Next]),
      first.map((name) => [name, name.replace("-1", "-2")]),
    );
  });

  it("has exactly this state machine", () => {
    assert.deepEqual(JSON.parse(synthesis.outputs["definition"] as string), fixture("tutorial.json"));
  });
});
