import assert from "node:assert/strict";

import type { JobDetail } from "../../../runner/batch/jobs/detail";
import { submitJobSync } from "../../../runner/integrations/batch";
import { Cancelled } from "../../../runner/stateMachine/errors";
import { bench } from "../batch/support";
import { context, failureOf } from "./support";

describe("batch:submitJob.sync", () => {
  const args = { JobName: "a", JobQueue: "high", JobDefinition: "job" };

  it("returns the job once it has succeeded, and marks it as Step Functions does", async () => {
    const { batch, launcher } = bench();
    const result = (await submitJobSync(batch).run(args, context())) as unknown as JobDetail;
    assert.deepEqual([result.Status, result.JobId, result.StoppedAt], ["SUCCEEDED", "job-1", 10_000]);
    assert.equal(launcher.launches[0]?.environment["MANAGED_BY_AWS"], "STARTED_BY_STEP_FUNCTIONS");
  });

  it("fails with States.TaskFailed and the whole job as the cause", async () => {
    const { batch } = bench(() => ({ seconds: 1, exitCode: 2 }));
    const [error, cause] = await failureOf(submitJobSync(batch).run(args, context()));
    assert.equal(error, "States.TaskFailed");
    assert.deepEqual(JSON.parse(cause as string), JSON.parse(JSON.stringify(batch.describe("job-1"))));
  });

  it("fails with Batch.AWSBatchException when the call is refused", async () => {
    const { batch } = bench();
    const failure = await failureOf(submitJobSync(batch).run({ ...args, JobQueue: "x" }, context()));
    assert.deepEqual(failure, ["Batch.AWSBatchException", "There is no job queue x. The program has: high, low."]);
  });

  it("terminates the job when it is cancelled, and ends after its processes have", async () => {
    const { batch, clock, log } = bench(() => ({ seconds: 100, secondsToStop: 4 }));
    const abort = new AbortController();
    const run = submitJobSync(batch).run(args, context(abort.signal));
    await clock.sleep(3_000).then(() => abort.abort(new Cancelled("Another branch failed.")));
    await assert.rejects(run, { name: "Cancelled", message: "Another branch failed." });
    assert.deepEqual(log, ["0s a runs 1", "7s a FAILED"]);
    assert.equal(batch.describe("job-1").StatusReason, "Another branch failed.");
  });
});
