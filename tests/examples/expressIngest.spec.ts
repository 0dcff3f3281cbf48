import { strict as assert } from "node:assert";

import { refusal } from "../../runner/faults/serviceErrors";
import { synthesiseExample } from "../support/examples";
import { bundleWorker } from "../support/pipeline";
import { Ingestion, uploadMany } from "./ingestion";

/** `npm run test:long`: what the test does with hundreds of uploads. */
describe("examples/express-ingest, in a busy hour", () => {
  it("loses none of 10,000 uploads and encodes none twice", async () => {
    bundleWorker();
    const throttled = refusal("states", "throttle")!;
    const ingestion = new Ingestion(await synthesiseExample("express-ingest"), {
      start: (call) => (call % 100 === 0 ? throttled : undefined),
      runs: (delivery) => (delivery % 50 === 0 ? 2 : 1),
    });
    const uploads = await uploadMany(ingestion, 10_000);
    const started = await ingestion.executions();
    assert.equal(uploads.length, 10_500);
    assert.deepEqual(started.map(({ upload }) => upload).sort(), uploads);
    assert.deepEqual(ingestion.messages, []);
    assert.ok(ingestion.calls.start > 11_000);
  });
});
