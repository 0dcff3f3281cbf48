import { strict as assert } from "node:assert";

import { evaluate, stateOf, workflowOf } from "../support";

describe("workflow: Read Plan", () => {
  const { Arguments, Assign } = stateOf(workflowOf(), "Read Plan", "Task");

  it("reads the plan below the output", async () => {
    assert.deepEqual(await evaluate(Arguments, { output: "s3://bucket/output/a b.mp4" }), {
      Bucket: "bucket",
      Key: "output/a b.mp4/plan.json",
    });
  });

  it("takes from it what the workflow branches on", async () => {
    const plan = {
      fingerprint: "0a1b",
      renditions: [{ name: "720p" }, { name: "480p", encodedWith: "720p" }],
      parts: [{ chunks: 1 }, { chunks: 12 }],
    };
    assert.deepEqual(await evaluate(Assign, { states: { result: { Body: JSON.stringify(plan) } } }), {
      plan: "0a1b",
      renditions: ["720p"],
      chunks: [1, 12],
      audio: false,
    });
  });
});
