import { strict as assert } from "node:assert";

import type { Order } from "../../../../contract/order";
import { evaluate, stateOf, workflowOf } from "../support";

describe("workflow: Read Plan", () => {
  const { Arguments, Assign } = stateOf(workflowOf(), "Read Plan", "Task");

  it("reads the order of the metadata job, below the output", async () => {
    assert.deepEqual(await evaluate(Arguments, { output: "s3://bucket/output/a b.mp4", metadataJob: "42" }), {
      Bucket: "bucket",
      Key: "output/a b.mp4/work/orders/42.json",
    });
  });

  it("takes from it what the workflow branches on", async () => {
    const order: Order = {
      version: 1,
      plan: { path: "plan.json", fingerprint: "0a1b" },
      chunks: [1, 12],
      renditions: 1,
      todo: ["Transcode_720p-2"],
    };
    assert.deepEqual(await evaluate(Assign, { states: { result: { Body: JSON.stringify(order) } } }), {
      plan: "0a1b",
      chunks: [1, 12],
      renditions: 1,
      todo: ["Transcode_720p-2"],
      leftOut: [],
    });
  });
});
