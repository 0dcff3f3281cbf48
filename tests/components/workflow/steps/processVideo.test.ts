import { strict as assert } from "node:assert";

import { evaluate, stateOf, workflowOf } from "../support";

const workflow = workflowOf();

describe("workflow: Process Video", () => {
  const decisions: [string, Record<string, unknown>, boolean][] = [
    ["Check_720p-1", { renditions: ["720p", "480p"], chunks: [1] }, true],
    ["Check_720p-1", { renditions: ["720p"], chunks: [1] }, true],
    ["Check_1080p-1", { renditions: ["720p"], chunks: [1, 1] }, false],
    ["Check_720p-2", { renditions: ["720p"], chunks: [1] }, false],
    ["Check_720p-2", { renditions: ["720p"], chunks: [1, 4] }, true],
    ["Check_audio", { audio: true }, true],
    ["Check_audio", { audio: false }, false],
  ];
  for (const [name, variables, expected] of decisions) {
    it(`decides ${name} for ${JSON.stringify(variables)}: ${expected}`, async () => {
      const { Choices } = stateOf(workflow, name, "Choice");
      assert.equal(await evaluate(Choices[1]?.Condition, variables), expected);
    });
  }

  const job = (part: string, queue: string): unknown => ({
    JobName: `videos-Transcode_1080p-${part}`,
    JobDefinition: "arn:aws:batch:eu-west-1:123456789012:job-definition/transcode:7",
    JobQueue: `arn:aws:batch:eu-west-1:123456789012:job-queue/${queue}`,
    Parameters: { input: "s3://i/it's", output: 's3://o/"x"', plan: "0a1b", rendition: "1080p", part },
    ContainerOverrides: {
      ResourceRequirements: [
        { Type: "VCPU", Value: "2" },
        { Type: "MEMORY", Value: "2048" },
      ],
    },
  });
  const submits: [string, number[], unknown][] = [
    ["Transcode_1080p-1", [1], job("1", "high")],
    ["Transcode_1080p-1", [1, 9], job("1", "high")],
    ["Transcode_1080p-1", [2], { ...(job("1", "high") as object), ArrayProperties: { Size: 2 } }],
    ["Transcode_1080p-2", [1, 10000], { ...(job("2", "low") as object), ArrayProperties: { Size: 10000 } }],
  ];
  for (const [name, chunks, expected] of submits) {
    it(`submits ${name} with ${JSON.stringify(chunks)} chunks`, async () => {
      const { Arguments } = stateOf(workflow, name, "Task");
      const variables = { input: "s3://i/it's", output: 's3://o/"x"', plan: "0a1b", chunks };
      assert.deepEqual(await evaluate(Arguments, variables), expected);
    });
  }

  it("gives the worker's audio command its input and output, without parameters of the transcode command", async () => {
    const { Arguments } = stateOf(workflow, "Transcode_audio", "Task");
    const submitted = await evaluate(Arguments, { input: "s3://i/k", output: "s3://o/p", plan: "0a1b" });
    assert.deepEqual(submitted, {
      JobName: "videos-Transcode_audio",
      JobDefinition: "arn:aws:batch:eu-west-1:123456789012:job-definition/transcode:7",
      JobQueue: "arn:aws:batch:eu-west-1:123456789012:job-queue/high",
      ContainerOverrides: {
        Command: ["worker", "audio", "--input", "s3://i/k", "--output", "s3://o/p", "--plan", "0a1b"],
      },
    });
  });
});
