import { strict as assert } from "node:assert";

import { evaluate, stateOf, workflowOf } from "./support";

const workflow = workflowOf();
const context = {
  Execution: { Id: "arn:aws:states:eu-west-1:123456789012:execution:videos:1" },
  StateMachine: { Id: "arn:aws:states:eu-west-1:123456789012:stateMachine:videos" },
  get State() {
    return { EnteredTime: new Date(Date.now() - 90_000).toISOString() };
  },
};
const event = (key: string): unknown => ({ detail: { bucket: { name: "masters" }, object: { key } } });

describe("workflow: the execution's input", () => {
  const cases: [string, unknown, { input: string; output: string }][] = [
    [
      "the plain form",
      { input: "s3://masters/a.mp4", output: "s3://videos-bucket/output/x" },
      { input: "s3://masters/a.mp4", output: "s3://videos-bucket/output/x" },
    ],
    [
      "an output with slashes at its end",
      { input: "s3://masters/a.mp4", output: "s3://videos-bucket/output/x//" },
      { input: "s3://masters/a.mp4", output: "s3://videos-bucket/output/x" },
    ],
    [
      "no output",
      { input: "s3://masters/dir/a.mp4" },
      { input: "s3://masters/dir/a.mp4", output: "s3://videos-bucket/output/dir/a.mp4" },
    ],
    [
      "an empty output",
      { input: "s3://masters/a.mp4", output: "" },
      { input: "s3://masters/a.mp4", output: "s3://videos-bucket/output/a.mp4" },
    ],
    [
      "odd characters",
      { input: `s3://masters/it's "50%" + a#b ?é😀://x.mp4` },
      {
        input: `s3://masters/it's "50%" + a#b ?é😀://x.mp4`,
        output: `s3://videos-bucket/output/it's "50%" + a#b ?é😀://x.mp4`,
      },
    ],
    [
      "a key that begins with a slash",
      { input: "s3://masters//a.mp4" },
      { input: "s3://masters//a.mp4", output: "s3://videos-bucket/output//a.mp4" },
    ],
    [
      "a local file",
      { input: "file:///home/me/my video.mp4", output: "file:///tmp/out" },
      { input: "file:///home/me/my video.mp4", output: "file:///tmp/out" },
    ],
    [
      "an S3 event",
      event("new/é 1.mp4"),
      { input: "s3://masters/new/é 1.mp4", output: "s3://videos-bucket/output/new/é 1.mp4" },
    ],
  ];
  for (const [what, input, expected] of cases) {
    it(`takes ${what}`, async () => {
      const { Arguments, Assign } = stateOf(workflow, "Extract Metadata", "Task");
      const passed = (await evaluate(Arguments, { states: { input } })) as { Parameters: unknown };
      assert.deepEqual(passed.Parameters, expected);
      const context = { Execution: { Name: "one" } };
      const { doneIn, ...assigned } = (await evaluate(Assign, { states: { input, result: {}, context } })) as {
        doneIn: { bucket: string; prefix: string };
      };
      assert.deepEqual(assigned, { ...expected, done: [] });
      const { output } = expected as { output: string };
      const place = output.replace(/^\w+:\/\//, "");
      assert.equal(`${doneIn.bucket}/${doneIn.prefix}`, `${place}/work/done/one/`);
      assert.ok(!doneIn.bucket.includes("/"));
    });
  }

  const nonsense: [unknown, unknown][] = [
    [{}, null],
    ["hello", null],
    [7, null],
    [null, null],
    [[], null],
    [{ input: 3 }, 3],
    [{ input: "a.mp4" }, "a.mp4"],
    [{ detail: { object: {} } }, null],
  ];
  for (const [input, shown] of nonsense) {
    it(`says what is wanted instead of ${JSON.stringify(input)}, and keeps it for the notice`, async () => {
      const { Arguments, Catch } = stateOf(workflow, "Extract Metadata", "Task");
      await assert.rejects(evaluate(Arguments, { states: { input } }), {
        message: "An execution needs an input like s3://bucket/key, or an Object Created event of S3.",
      });
      const errorOutput = { Error: "States.QueryEvaluationError", Cause: "…" };
      assert.deepEqual(await evaluate(Catch[0]?.Assign, { states: { input, errorOutput, context } }), {
        input: shown,
        output: null,
        failure: {
          step: "Extract Metadata",
          error: "States.QueryEvaluationError",
          cause: "Extract Metadata failed: States.QueryEvaluationError. …",
          job: null,
          log: null,
        },
        failedAt: { state: "Extract Metadata", redrives: 0 },
      });
    });
  }

  it("says what is wrong with an output that is no URI", async () => {
    const { Assign } = stateOf(workflow, "Extract Metadata", "Task");
    const input = { input: "s3://masters/a.mp4", output: "out" };
    await assert.rejects(evaluate(Assign?.["output"], { states: { input } }), {
      message: "The output of an execution must be like s3://bucket/prefix.",
    });
  });

  it("accepts any input where no command refers to it", async () => {
    const own = { image: "alpine", command: ["true"] };
    const echo = workflowOf({ jobs: { metadata: own, features: own, transcode: own } });
    const { Arguments, Assign } = stateOf(echo, "Extract Metadata", "Task");
    assert.equal((Arguments as Record<string, unknown>)["Parameters"], undefined);
    assert.deepEqual(await evaluate(Assign, { states: { input: {} } }), { input: null, output: null });
    assert.deepEqual(await evaluate(Assign, { states: { input: { input: "x", output: "y" } } }), {
      input: "x",
      output: "y",
    });
  });
});

describe("workflow: the plan", () => {
  const readPlan = stateOf(workflow, "Read Plan", "Task");
  const locations: [string, { Bucket: string; Key: string }][] = [
    ["s3://bucket/output/a b.mp4", { Bucket: "bucket", Key: "output/a b.mp4/plan.json" }],
    ["s3://bucket", { Bucket: "bucket", Key: "plan.json" }],
    ["s3://bucket//a#%20", { Bucket: "bucket", Key: "/a#%20/plan.json" }],
    ["file:///tmp/out put", { Bucket: "", Key: "tmp/out put/plan.json" }],
  ];
  for (const [output, expected] of locations) {
    it(`is found in ${output}`, async () => {
      assert.deepEqual(await evaluate(readPlan.Arguments, { output }), expected);
    });
  }

  const plans: [string, unknown, unknown][] = [
    [
      "several renditions and parts, with sound",
      {
        fingerprint: "0a1b",
        renditions: [{ name: "720p" }, { name: "480p" }],
        parts: [{ chunks: 1 }, { chunks: 12 }],
        audio: {},
      },
      { plan: "0a1b", renditions: ["720p", "480p"], chunks: [1, 12], audio: true },
    ],
    [
      "renditions that the jobs of others encode",
      {
        fingerprint: "4e5f",
        renditions: [{ name: "1080p" }, { name: "720p" }, { name: "480p", encodedWith: "720p" }],
        parts: [{ chunks: 1 }],
      },
      { plan: "4e5f", renditions: ["1080p", "720p"], chunks: [1], audio: false },
    ],
    [
      "one of each, silent",
      { fingerprint: "2c3d", renditions: [{ name: "480p" }], parts: [{ chunks: 3 }] },
      { plan: "2c3d", renditions: ["480p"], chunks: [3], audio: false },
    ],
  ];
  for (const [what, plan, expected] of plans) {
    it(`is read: ${what}`, async () => {
      const result = { Body: JSON.stringify(plan) };
      assert.deepEqual(await evaluate(readPlan.Assign, { states: { result } }), expected);
    });
  }

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

  it("tells the worker's audio command where it works, without parameters of the transcode command", async () => {
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
