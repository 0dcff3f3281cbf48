import { strict as assert } from "node:assert";

import { evaluate, stateOf, workflowOf } from "../support";
import { about, context, EXECUTION, published, text } from "./published";

const workflow = workflowOf();

describe("workflow: a failure's notice", () => {
  const attempt = { Container: { ExitCode: 1, LogStreamName: "TranscodeVideo/default/42" } };
  const failed = {
    JobId: "42",
    JobName: "videos-Transcode_720p-1",
    Status: "FAILED",
    StatusReason: "Essential container in task exited",
    Attempts: [{ Container: { ExitCode: 137 } }, attempt, attempt],
  };
  const cases: [string, Record<string, unknown>, Record<string, unknown>][] = [
    [
      "a job that failed three times",
      { Error: "States.TaskFailed", Cause: JSON.stringify(failed) },
      {
        cause: "Transcode_720p-1 failed: exit code 1 after 3 attempts. Essential container in task exited.",
        log: "TranscodeVideo/default/42",
        job: "42",
      },
    ],
    [
      "a timeout, which has no cause",
      { Error: "States.Timeout" },
      {
        cause: "Transcode_720p-1 did not end within 90 seconds, including the wait in its queue.",
        log: null,
        job: null,
      },
    ],
  ];
  for (const [what, errorOutput, expected] of cases) {
    it(`explains ${what}, from inside two Parallel states`, async () => {
      // As the error travels: the step's Catch, the branch's Fail, the Catch of Process Video.
      const { Catch } = stateOf(workflow, "Transcode_720p-1", "Task");
      const output = await evaluate(Catch[0]?.Output, { states: { errorOutput, context } });
      const branchEnd = stateOf(workflow, "Fail_720p", "Fail");
      const raised = (await evaluate(
        { Error: branchEnd.Error, Cause: branchEnd.Cause },
        { states: { input: output } },
      )) as Record<string, string>;
      const parallel = stateOf(workflow, "Process Video", "Parallel");
      const variables = (await evaluate(parallel.Catch?.[0]?.Assign, {
        states: { errorOutput: raised, context },
      })) as Record<string, object>;
      const { Subject, MessageAttributes, notice } = await published(workflow, "Notify Failure", variables);
      assert.equal(Subject, "Video failed at Transcode_720p-1: clip.mp4 - videos");
      assert.deepEqual(MessageAttributes, {
        status: text("FAILED"),
        pipeline: text("videos"),
        step: text("Transcode_720p-1"),
      });
      assert.deepEqual(notice, {
        status: "FAILED",
        summary: `clip.mp4: ${expected["cause"] as string}`,
        ...about,
        step: "Transcode_720p-1",
        error: errorOutput["Error"],
        logGroup: "/aws/batch/videos",
        ...expected,
      });
      assert.deepEqual(variables["failedAt"], { state: "Extract Metadata", redrives: 0 });
      const end = stateOf(workflow, "Fail Video", "Fail");
      assert.deepEqual(await evaluate({ Error: end.Error, Cause: end.Cause }, { ...variables, states: { context } }), {
        Error: errorOutput["Error"],
        Cause: expected["cause"],
      });
    });
  }

  it("names Process Video when the failure is its own", async () => {
    const errorOutput = { Error: "States.QueryEvaluationError", Cause: "'720p' in $todo has no value" };
    const assigned = await evaluate(stateOf(workflow, "Process Video", "Parallel").Catch?.[0]?.Assign, {
      states: { errorOutput, context },
    });
    assert.deepEqual(assigned, {
      failure: {
        step: "Process Video",
        error: "States.QueryEvaluationError",
        cause: "Process Video failed: States.QueryEvaluationError. '720p' in $todo has no value",
        job: null,
        log: null,
      },
      failedAt: { state: "Extract Metadata", redrives: 0 },
    });
  });

  it("puts the worker's sentence before what Batch knows", async () => {
    const { Arguments, Assign } = stateOf(workflow, "Read Cause", "Task");
    const cause = "Package Video failed: exit code 2 after 1 attempt.";
    const known = { step: "Package Video", error: "E", cause, job: "42", log: null };
    assert.deepEqual(await evaluate(Arguments, { failure: known, output: "s3://videos-bucket/output/a clip.mp4" }), {
      Bucket: "videos-bucket",
      Key: "output/a clip.mp4/work/failures/42.txt",
    });
    const states = { result: { Body: "720p has 99 of 100 pictures." } };
    assert.deepEqual(await evaluate(Assign, { failure: known, states }), {
      failure: {
        ...known,
        cause: "Package Video failed: 720p has 99 of 100 pictures. (exit code 2 after 1 attempt)",
      },
    });
  });

  const failure = { step: "Package Video", error: "E", cause: "Package Video failed: E. C", job: null, log: null };

  it("says in the e-mail where the log is and what to do next", async () => {
    const { email } = await published(workflow, "Notify Failure", {
      failure: { ...failure, job: "42", log: "package/default/1" },
    });
    assert.equal(
      email,
      [
        "clip.mp4: Package Video failed: E. C",
        "",
        "Log: /aws/batch/videos, stream package/default/1",
        `To see all logs of the step: npx video-batch-pipeline logs ${EXECUTION} "Package Video"`,
        `To resume from the failed step: npx video-batch-pipeline redrive ${EXECUTION}`,
        `Execution: ${EXECUTION}`,
      ].join("\n"),
    );
    const { email: jobless } = await published(workflow, "Notify Failure", { failure });
    assert.deepEqual(jobless.split("\n").slice(2, 4), [
      "Log: /aws/batch/videos",
      `To resume from the failed step: npx video-batch-pipeline redrive ${EXECUTION}`,
    ]);
  });

  it("can be sent of a start with endless nonsense", async () => {
    const input = { deep: "y".repeat(100_000) };
    const { Subject, notice } = await published(workflow, "Notify Failure", { input, output: null, failure });
    assert.equal(Subject, "Video failed at Package Video: The video - videos");
    assert.deepEqual([notice["input"], notice["output"]], [`{"deep":"${"y".repeat(2039)}`, null]);
  });
});
