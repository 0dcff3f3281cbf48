import { strict as assert } from "node:assert";

import { evaluate, stateOf, workflowOf } from "../support";

const workflow = workflowOf();

describe("workflow: Process Video", () => {
  const todo = ["Extract Features", "Transcode_720p-2", "Transcode_audio"];
  const decisions: [string, string, string][] = [
    ["Check Features", "Extract Features", "Skip Features"],
    ["Check_720p-1", "Transcode_720p-1", "Check_720p-2"],
    ["Check_720p-2", "Transcode_720p-2", "Skip_720p"],
    ["Check_audio", "Transcode_audio", "Skip_audio"],
  ];
  for (const [check, step, otherwise] of decisions) {
    it(`passes over ${step} if it is not ordered`, async () => {
      const { Choices, Default } = stateOf(workflow, check, "Choice");
      assert.deepEqual([Choices.map(({ Next }) => Next), Default], [[step], otherwise]);
      const decide = (steps: string[]): Promise<unknown> => evaluate(Choices[0]?.Condition, { todo: steps });
      assert.deepEqual(
        [await decide(todo), await decide([step]), await decide([]), await decide(["Transcode_720p-22"])],
        [todo.includes(step), true, false, false],
      );
    });
  }

  const job = (part: string, queue: string): unknown => ({
    JobName: `videos-Transcode_1080p-${part}`,
    JobDefinition: "arn:aws:batch:eu-west-1:123456789012:job-definition/transcode:7",
    JobQueue: `arn:aws:batch:eu-west-1:123456789012:job-queue/${queue}`,
    Parameters: {
      ...{ input: "s3://i/it's", output: 's3://o/"x"', plan: "0a1b", maxDamagedShare: "0.02" },
      ...{ rendition: "1080p", part },
    },
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
      const variables = { input: "s3://i/it's", output: 's3://o/"x"', plan: "0a1b", maxDamagedShare: "0.02", chunks };
      assert.deepEqual(await evaluate(Arguments, variables), expected);
    });
  }

  it("gives the worker's audio command its input and output, without parameters of the transcode command", async () => {
    const { Arguments } = stateOf(workflow, "Transcode_audio", "Task");
    const variables = { input: "s3://i/k", output: "s3://o/p", plan: "0a1b", maxDamagedShare: "0" };
    const submitted = await evaluate(Arguments, variables);
    assert.deepEqual(submitted, {
      JobName: "videos-Transcode_audio",
      JobDefinition: "arn:aws:batch:eu-west-1:123456789012:job-definition/transcode:7",
      JobQueue: "arn:aws:batch:eu-west-1:123456789012:job-queue/high",
      ContainerOverrides: {
        Command: [
          ...["worker", "audio", "--input", "s3://i/k", "--output", "s3://o/p", "--plan", "0a1b"],
          ...["--max-damaged-share", "0"],
        ],
      },
    });
  });
});
