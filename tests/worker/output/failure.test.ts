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
      await saveFailureReason(storage, "s3://bucket/out", { AWS_BATCH_JOB_ID: id }, "It is empty.");
      assert.deepEqual(
        [...storage.objects].map(([uri, bytes]) => [uri, bytes.toString()]),
        [[`s3://bucket/out/work/failures/${name}.txt`, "It is empty."]],
      );
    });
  }

  it("leaves nothing outside of Batch", async () => {
    const storage = new MemoryStorage();
    await saveFailureReason(storage, "s3://bucket/out", {}, "It is empty.");
    assert.equal(storage.objects.size, 0);
  });

  it("does not hide a failure behind one of its own", async () => {
    const storage = new MemoryStorage(undefined, () => {
      throw new Error("Access Denied");
    });
    await saveFailureReason(storage, "s3://bucket/out", { AWS_BATCH_JOB_ID: "4b1c" }, "It is empty.");
  });
});
