import { strict as assert } from "node:assert";

import { damageReport } from "../../../../contract/damageReport";
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

  it("takes what is known to be damaged for a request for approval, which comes before packaging", async () => {
    const asking = stateOf(workflowOf({ approval: {} }), "Read Plan", "Task");
    const known = async (more: Partial<Order>): Promise<unknown> => {
      const order = { plan: { fingerprint: "0a1b" }, chunks: [1], renditions: 1, todo: ["a"], ...more };
      const states = { result: { Body: JSON.stringify(order) } };
      return ((await evaluate(asking.Assign, { states })) as Record<string, unknown>)["damage"];
    };
    const damage = damageReport([{ fromSeconds: 1, toSeconds: 2, what: "the end is missing" }]);
    assert.deepEqual(await known({ damage }), damage);
    assert.deepEqual(await known({}), {});
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

  it("takes from it what a rendition that is left out leaves out with it, only where renditions may be left out", async () => {
    const tolerant = stateOf(workflowOf({ workflow: { continueOnRenditionFailure: true } }), "Read Plan", "Task");
    const result = { Body: JSON.stringify({ encodedTogether: { "720p": ["480p"] } }) };
    const { encodedTogether } = tolerant.Assign ?? {};
    assert.deepEqual(await evaluate(encodedTogether, { states: { result } }), { "720p": ["480p"] });
    assert.equal(Assign?.["encodedTogether"], undefined);
  });
});
