import assert from "node:assert/strict";

import { saveFailureReason } from "../../../worker/output/failure";
import { MemoryStorage } from "../memoryStorage";

describe("saveFailureReason", () => {
  const jobs: [string, string][] = [
    ["4b1c", "4b1c"],
    ["4b1c:17", "4b1c"],
  ];
  for (const [id, name] of jobs) {
    it(`leaves the sentence of ${id} where the state machine looks for it`, async () => {
      const storage = new MemoryStorage();
      const unsaved = await saveFailureReason(
        { storage, prefix: "s3://bucket/out" },
        { AWS_BATCH_JOB_ID: id },
        "It is empty.",
      );
      assert.deepEqual(
        [...storage.objects].map(([uri, bytes]) => [uri, bytes.toString()]),
        [[`s3://bucket/out/work/failures/${name}.txt`, "It is empty."]],
      );
      assert.equal(unsaved, undefined);
    });
  }

  it("leaves nothing outside of Batch", async () => {
    const storage = new MemoryStorage();
    assert.equal(await saveFailureReason({ storage, prefix: "s3://bucket/out" }, {}, "It is empty."), undefined);
    assert.equal(storage.objects.size, 0);
  });

  const job = { AWS_BATCH_JOB_ID: "4b1c" };

  it("says what prevented it, and hides no failure behind one of its own", async () => {
    const storage = new MemoryStorage(undefined, () => {
      throw new Error("Access Denied");
    });
    const unsaved = await saveFailureReason({ storage, prefix: "s3://bucket/out" }, job, "It is empty.");
    assert.equal(unsaved, "Access Denied");
  });

  it("waits no longer than the job has time", async () => {
    const storage = new MemoryStorage(() => new Promise(() => undefined));
    const unsaved = await saveFailureReason({ storage, prefix: "s3://bucket/out" }, job, "It is empty.", 20);
    assert.equal(unsaved, "It was not written within 0.02 seconds.");
  });
});
