import assert from "node:assert/strict";

import { bench, queue } from "../support";

describe("limits on the time in RUNNABLE", () => {
  it("cancel a job that fits nowhere, and let the next one start", async () => {
    const { submit, ended, log, events } = bench(undefined, {
      queues: [{ ...queue("high", 1, ["ce"]), misfitWaitSeconds: 600 }],
    });
    const huge = submit({
      JobName: "huge",
      ContainerOverrides: { ResourceRequirements: [{ Type: "VCPU", Value: "64" }] },
    });
    const next = submit({ JobName: "next" });
    const [cancelled] = await Promise.all([ended(huge), ended(next)]);
    assert.deepEqual(log, ["600s huge FAILED", "600s next runs 1", "610s next SUCCEEDED"]);
    assert.deepEqual(
      [cancelled.StatusReason, cancelled.Attempts],
      ["Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE", []],
    );
    const stuck = events.flatMap((event) => (event.type === "jobStuck" ? event.message : []));
    assert.deepEqual(stuck, [
      "Job huge requests 64 vCPUs, more than any compute environment of queue high has. It will be cancelled after 600 s; until then the jobs behind it wait. Raise the environment's vCPUs, or request fewer.",
    ]);
  });
});
