import assert from "node:assert/strict";

import { readDeployment, readStateMachines } from "../../../runner/synthesis/deployment";
import { jobDefinition, resource, stateMachine, synthesis } from "../support";

const DEFINITION = { QueryLanguage: "JSONata", StartAt: "Z", States: { Z: { Type: "Succeed" } } };

describe("the deployment of a program", () => {
  it("has its state machine, job definitions, queues and environments", () => {
    const job = jobDefinition(
      "job",
      ["worker", "Ref::input"],
      {
        parameters: { input: "x" },
        retryStrategy: {
          attempts: 3,
          evaluateOnExits: [
            { action: "exit", onExitCode: "2", onReason: "" },
            { action: "RETRY", onStatusReason: "Host EC2*" },
          ],
        },
        timeout: { attemptDurationSeconds: 90 },
      },
      [{ name: "A", value: "1" }],
    );
    assert.deepEqual(readDeployment(synthesis(stateMachine(DEFINITION), job)), {
      stateMachine: {
        arn: "arn:aws:states:us-east-1:123456789012:stateMachine:pipeline",
        name: "pipeline",
        roleArn: "arn:role",
        type: "STANDARD",
        definition: DEFINITION,
      },
      batch: {
        computeEnvironments: [
          {
            arn: "arn:aws:batch:us-east-1:123456789012:compute-environment/ce",
            name: "ce",
            enabled: true,
            maxVcpus: 2,
          },
        ],
        queues: [
          { arn: "arn:aws:batch:us-east-1:123456789012:job-queue/high", name: "high", priority: 10 },
          { arn: "arn:aws:batch:us-east-1:123456789012:job-queue/low", name: "low", priority: 1 },
        ].map((queue) => ({
          ...queue,
          enabled: true,
          computeEnvironments: ["arn:aws:batch:us-east-1:123456789012:compute-environment/ce"],
        })),
        jobDefinitions: [
          {
            arn: "arn:aws:batch:us-east-1:123456789012:job-definition/job:1",
            name: "job",
            revision: 1,
            image: "image",
            command: ["worker", "Ref::input"],
            environment: { A: "1" },
            vcpus: 1,
            memoryMiB: 512,
            parameters: { input: "x" },
            retryStrategy: {
              attempts: 3,
              evaluateOnExit: [
                { action: "EXIT", onExitCode: "2" },
                { action: "RETRY", onStatusReason: "Host EC2*" },
              ],
            },
            attemptTimeoutSeconds: 90,
          },
        ],
      },
    });
  });

  it("has types of machines, limits and shares if the program has them", () => {
    const arn = "arn:aws:batch:us-east-1:123456789012:scheduling-policy/fair";
    const program = synthesis(stateMachine(DEFINITION));
    const [environment, high] = program.resources;
    Object.assign(environment?.inputs["computeResources"] as object, { type: "SPOT" });
    Object.assign(high?.inputs ?? {}, {
      schedulingPolicyArn: arn,
      jobStateTimeLimitActions: [
        { reason: "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY", maxTimeSeconds: 3600 },
        { reason: "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT", maxTimeSeconds: 600 },
      ],
    });
    const fairSharePolicy = {
      shareDecaySeconds: 0,
      computeReservation: 5,
      shareDistributions: [{ shareIdentifier: "a*", weightFactor: 2 }],
    };
    program.resources.push(
      resource("aws:batch/schedulingPolicy:SchedulingPolicy", "fair", { fairSharePolicy }, { arn }),
    );
    const { batch } = readDeployment(program);
    assert.equal(batch.computeEnvironments[0]?.type, "SPOT");
    assert.deepEqual([batch.queues[0]?.misfitWaitSeconds, batch.queues[0]?.capacityWaitSeconds], [600, 3600]);
    assert.deepEqual(batch.queues[0]?.fairShare, {
      decaySeconds: 600,
      reservationPercent: 5,
      weights: [{ identifier: "a*", weight: 2 }],
    });
    assert.deepEqual([batch.queues[1]?.misfitWaitSeconds, batch.queues[1]?.fairShare], [undefined, undefined]);
    const hurried = readDeployment(program, { waitLimitSeconds: 5 }).batch.queues;
    assert.deepEqual([hurried[0]?.misfitWaitSeconds, hurried[0]?.capacityWaitSeconds], [5, 5]);
    assert.deepEqual([hurried[1]?.misfitWaitSeconds, hurried[1]?.capacityWaitSeconds], [undefined, undefined]);
  });

  it("reads a pod as its container", () => {
    const eksProperties = {
      podProperties: {
        containers: [
          {
            image: "image",
            commands: ["worker", "Ref::input"],
            envs: [{ name: "A", value: "1" }],
            resources: { limits: { cpu: "4", memory: "2048Mi" }, requests: { cpu: "4", memory: "2048Mi" } },
          },
        ],
      },
    };
    const job = jobDefinition("job", [], { containerProperties: undefined, eksProperties });
    const [read] = readDeployment(synthesis(stateMachine(DEFINITION), job)).batch.jobDefinitions;
    assert.deepEqual(
      [read?.image, read?.command, read?.environment, read?.vcpus, read?.memoryMiB],
      ["image", ["worker", "Ref::input"], { A: "1" }, 4, 2048],
    );
  });

  it("has the vCPUs of the run's options", () => {
    const { batch } = readDeployment(synthesis(stateMachine(DEFINITION)), { maxVcpus: 7 });
    assert.deepEqual(
      batch.computeEnvironments.map(({ maxVcpus }) => maxVcpus),
      [7],
    );
  });

  it("has the named state machine, by resource name or physical name", () => {
    const program = synthesis(
      stateMachine(DEFINITION, "one"),
      resource(
        "aws:sfn/stateMachine:StateMachine",
        "two",
        { definition: JSON.stringify(DEFINITION) },
        { arn: "arn:2", name: "two-1234" },
      ),
    );
    for (const name of ["two", "two-1234"]) {
      assert.equal(readDeployment(program, { stateMachine: name }).stateMachine.arn, "arn:2");
    }
  });

  it("has the pipeline's state machine where the program has others beside it, and knows all with their types", () => {
    const urn = "urn:pulumi:dev::p::video-batch-pipeline:index:VideoBatchPipeline::videos";
    const pipeline = { ...resource("video-batch-pipeline:index:VideoBatchPipeline", "videos", {}, {}), urn };
    const express = stateMachine(DEFINITION, "ingest");
    const beside = { ...express, inputs: { ...express.inputs, type: "EXPRESS" } };
    const own = (name: string) => ({ ...stateMachine(DEFINITION, name), parent: urn });
    const program = synthesis(pipeline, beside, own("own"));
    assert.equal(readDeployment(program).stateMachine.name, "own");
    assert.equal(readDeployment(program, { stateMachine: "ingest" }).stateMachine.type, "EXPRESS");
    assert.deepEqual(
      readStateMachines(program).map(({ name, type }) => [name, type]),
      [
        ["ingest", "EXPRESS"],
        ["own", "STANDARD"],
      ],
    );
    assert.throws(() => readDeployment(synthesis(pipeline, beside, own("a"), own("b"))), {
      message: "The program has 3 state machines: ingest, a, b. Specify which one to run.",
    });
  });

  const two = synthesis(stateMachine(DEFINITION, "one"), stateMachine(DEFINITION, "two"));
  const REFUSED: [() => unknown, string][] = [
    [
      () => readDeployment(synthesis()),
      "The program has no state machine, so there is nothing to run. Add a VideoBatchPipeline to it.",
    ],
    [() => readDeployment(two), "The program has 2 state machines: one, two. Specify which one to run."],
    [
      () => readDeployment(two, { stateMachine: "three" }),
      "The program has no state machine named three. It has: one, two.",
    ],
    [() => readDeployment(two, { maxVcpus: 0 }), "The number of vCPUs must be above 0. Received 0."],
    [
      () =>
        readDeployment(
          synthesis(
            stateMachine(DEFINITION),
            jobDefinition("job", [], { type: "multinode", containerProperties: undefined }),
          ),
        ),
      'Job definition job must be of type "container" with containerProperties or eksProperties to run here. Received type "multinode".',
    ],
  ];
  for (const [read, message] of REFUSED) {
    it(message, () => assert.throws(read, { name: "UsageError", message }));
  }

  it("requires a JSON definition", () => {
    assert.throws(
      () => readDeployment(synthesis(stateMachine("{"))),
      /^UsageError: The definition of state machine pipeline must be a JSON string\. /,
    );
  });
});
