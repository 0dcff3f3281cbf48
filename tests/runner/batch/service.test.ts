import assert from "node:assert/strict";

import { bench, definition, environment, queue } from "./support";

describe("BatchService", () => {
  it("starts jobs that were submitted at the same moment by priority", async () => {
    const { submit, ended, log } = bench();
    const ids = [
      submit({ JobName: "low1", JobQueue: "low" }),
      submit({ JobName: "low2", JobQueue: "low" }),
      submit({ JobName: "high1" }),
      submit({ JobName: "high2" }),
      submit({ JobName: "high3" }),
    ];
    await Promise.all(ids.map(ended));
    assert.deepEqual(log, [
      "0s high1 runs 1",
      "0s high2 runs 1",
      "10s high1 SUCCEEDED",
      "10s high2 SUCCEEDED",
      "10s high3 runs 1",
      "10s low1 runs 1",
      "20s high3 SUCCEEDED",
      "20s low1 SUCCEEDED",
      "20s low2 runs 1",
      "30s low2 SUCCEEDED",
    ]);
  });

  it("describes a job as DescribeJobs does", async () => {
    const { submit, ended } = bench(() => ({ seconds: 10, exitCode: 1, lastErrorLine: "no video" }));
    const detail = await ended(
      submit({ Parameters: { input: "x" }, Timeout: { AttemptDurationSeconds: 60 }, Tags: { a: "b" } }),
    );
    const container = { ExitCode: 1, NetworkInterfaces: [] };
    assert.deepEqual(detail, {
      JobArn: "arn:aws:batch:us-east-1:123456789012:job/job-1",
      JobId: "job-1",
      JobName: "a",
      JobQueue: "arn:aws:batch:us-east-1:123456789012:job-queue/high",
      JobDefinition: "arn:aws:batch:us-east-1:123456789012:job-definition/job:1",
      Status: "FAILED",
      StatusReason: "Essential container in task exited",
      CreatedAt: 0,
      StartedAt: 0,
      StoppedAt: 10_000,
      IsCancelled: false,
      IsTerminated: false,
      Attempts: [
        { Container: container, StartedAt: 0, StoppedAt: 10_000, StatusReason: "Essential container in task exited" },
      ],
      Container: {
        Image: "image",
        Command: ["run", "job"],
        Environment: [],
        ResourceRequirements: [
          { Type: "VCPU", Value: "2" },
          { Type: "MEMORY", Value: "1024" },
        ],
        ...container,
        MountPoints: [],
        Ulimits: [],
        Volumes: [],
      },
      Parameters: { input: "x" },
      RetryStrategy: { Attempts: 1, EvaluateOnExit: [] },
      Timeout: { AttemptDurationSeconds: 60 },
      DependsOn: [],
      Tags: { a: "b" },
    });
  });

  it("retries according to the rules, with the attempt's number in the environment", async () => {
    const retryStrategy = {
      attempts: 3,
      evaluateOnExit: [
        { action: "EXIT" as const, onExitCode: "2" },
        { action: "RETRY" as const, onExitCode: "*" },
      ],
    };
    const { submit, ended, log, launcher } = bench(
      ({ attempt }) => ({ seconds: 5, exitCode: attempt === 1 ? 137 : 2 }),
      {
        jobDefinitions: [definition("job", { retryStrategy, environment: { A: "1" } })],
      },
    );
    const detail = await ended(submit());
    assert.deepEqual(log, ["0s a runs 1", "5s a runs 2", "10s a FAILED"]);
    assert.deepEqual(
      detail.Attempts.map(({ Container }) => Container.ExitCode),
      [137, 2],
    );
    assert.deepEqual(
      launcher.launches.map(({ environment: variables }) => variables),
      [1, 2].map((attempt) => ({
        A: "1",
        AWS_BATCH_JOB_ID: "job-1",
        AWS_BATCH_JOB_ATTEMPT: String(attempt),
        AWS_BATCH_JQ_NAME: "high",
        AWS_BATCH_CE_NAME: "ce",
      })),
    );
  });

  it("returns a retried job to its place in the queue", async () => {
    const { submit, ended, log } = bench(
      ({ jobName, attempt }) => ({ seconds: 5, exitCode: jobName === "a" && attempt === 1 ? 1 : 0 }),
      {
        computeEnvironments: [environment("ce", 2)],
        jobDefinitions: [definition("job", { retryStrategy: { attempts: 2, evaluateOnExit: [] } })],
      },
    );
    await Promise.all(["a", "b", "c"].map((JobName) => ended(submit({ JobName }))));
    assert.deepEqual(
      log.filter((line) => line.includes("runs")),
      ["0s a runs 1", "5s a runs 2", "10s b runs 1", "15s c runs 1"],
    );
  });

  it("runs array jobs as children with an index, and fails the parent only after the last child", async () => {
    const { submit, ended, log, launcher, batch } = bench(({ arrayIndex }) => ({
      seconds: 10 + (arrayIndex ?? 0),
      exitCode: arrayIndex === 0 ? 1 : 0,
    }));
    const id = submit({ ArrayProperties: { Size: 3 } });
    const detail = await ended(id);
    assert.deepEqual(log, [
      "0s a:0 runs 1",
      "0s a:1 runs 1",
      "10s a:0 FAILED",
      "10s a:2 runs 1",
      "11s a:1 SUCCEEDED",
      "22s a:2 SUCCEEDED",
      "22s a FAILED",
    ]);
    assert.deepEqual(
      launcher.launches.map(({ jobId, environment: variables }) => [
        jobId,
        variables["AWS_BATCH_JOB_ARRAY_INDEX"],
        variables["AWS_BATCH_JOB_ARRAY_SIZE"],
      ]),
      [
        ["job-1:0", "0", "3"],
        ["job-1:1", "1", "3"],
        ["job-1:2", "2", "3"],
      ],
    );
    const { Status, StatusReason, ArrayProperties, Attempts, StartedAt, StoppedAt } = detail;
    assert.deepEqual(
      { Status, StatusReason, ArrayProperties, Attempts, StartedAt, StoppedAt },
      {
        Status: "FAILED",
        StatusReason: "Array Child Job failed",
        ArrayProperties: {
          Size: 3,
          StatusSummary: { STARTING: 0, FAILED: 1, RUNNING: 0, SUCCEEDED: 2, RUNNABLE: 0, SUBMITTED: 0, PENDING: 0 },
        },
        Attempts: [],
        StartedAt: 0,
        StoppedAt: 22_000,
      },
    );
    assert.deepEqual(batch.describe("job-1:0").ArrayProperties, { Index: 0 });
  });

  it("schedules thousands of children in a moment", async () => {
    const { submit, ended, clock } = bench(() => ({ seconds: 1 }));
    const { Status } = await ended(submit({ ArrayProperties: { Size: 4_000 } }));
    assert.deepEqual([Status, clock.now()], ["SUCCEEDED", 2_000_000]);
  });

  it("ends an attempt at its timeout with SIGTERM and never retries", async () => {
    const { submit, ended, log } = bench(() => ({ seconds: 1000, secondsToStop: 4 }));
    const detail = await ended(submit({ Timeout: { AttemptDurationSeconds: 60 }, RetryStrategy: { Attempts: 5 } }));
    assert.deepEqual(log, ["0s a runs 1", "64s a FAILED"]);
    assert.equal(detail.StatusReason, "Job attempt duration exceeded timeout");
    assert.equal(detail.Attempts[0]?.Container.ExitCode, 143);
  });

  it("kills a process that ignores SIGTERM after 30 s", async () => {
    const { submit, ended, log } = bench(() => ({ seconds: 1000, secondsToStop: Infinity }));
    const detail = await ended(submit({ Timeout: { AttemptDurationSeconds: 60 } }));
    assert.deepEqual(log, ["0s a runs 1", "90s a FAILED"]);
    assert.equal(detail.Container.ExitCode, 137);
  });

  it("counts the timeout per attempt, not while the job waits", async () => {
    const { submit, ended, log } = bench(() => ({ seconds: 50 }), { computeEnvironments: [environment("ce", 2)] });
    await Promise.all(["a", "b"].map((JobName) => ended(submit({ JobName, Timeout: { AttemptDurationSeconds: 60 } }))));
    assert.deepEqual(log, ["0s a runs 1", "50s a SUCCEEDED", "50s b runs 1", "100s b SUCCEEDED"]);
  });

  it("terminates running and waiting jobs, and resolves when they are gone", async () => {
    const { submit, batch, clock, log } = bench(() => ({ seconds: 1000, secondsToStop: 3 }));
    const ids = ["a", "b", "c"].map((JobName) => submit({ JobName, RetryStrategy: { Attempts: 3 } }));
    await clock.sleep(5_000);
    await Promise.all(ids.map((id) => batch.terminate(id, "Enough.")));
    assert.deepEqual(log, ["0s a runs 1", "0s b runs 1", "5s c FAILED", "8s a FAILED", "8s b FAILED"]);
    assert.deepEqual(
      ids.map((id) => [
        batch.describe(id).StatusReason,
        batch.describe(id).IsTerminated,
        batch.describe(id).Attempts.length,
      ]),
      [
        ["Enough.", true, 1],
        ["Enough.", true, 1],
        ["Enough.", true, 0],
      ],
    );
    await batch.terminate(ids[0] as string, "Again.");
    assert.equal(batch.describe(ids[0] as string).StatusReason, "Enough.");
  });

  it("terminates an array job with all children", async () => {
    const { submit, batch, clock } = bench(() => ({ seconds: 1000 }));
    const id = submit({ ArrayProperties: { Size: 50 } });
    await clock.sleep(1_000);
    await batch.terminate(id, "Enough.");
    assert.equal(batch.describe(id).ArrayProperties?.StatusSummary?.["FAILED"], 50);
    assert.equal(clock.now(), 1_000);
  });

  it("reports a container that did not start", async () => {
    const { submit, ended } = bench(() => ({ seconds: 0, exitCode: 127, reason: "CannotStartContainerError: x" }), {
      jobDefinitions: [
        definition("job", {
          retryStrategy: { attempts: 3, evaluateOnExit: [{ action: "EXIT", onReason: "CannotStart*" }] },
        }),
      ],
    });
    const detail = await ended(submit());
    assert.deepEqual(
      [detail.Status, detail.Container.Reason, detail.Attempts.length],
      ["FAILED", "CannotStartContainerError: x", 1],
    );
  });

  it("lets a job larger than its environments wait forever, and reports it once", async () => {
    const { submit, events, clock, batch } = bench();
    const huge = submit({
      JobName: "huge",
      ContainerOverrides: { ResourceRequirements: [{ Type: "VCPU", Value: "8" }] },
    });
    const low = submit({ JobName: "b", JobQueue: "low" });
    await clock.sleep(1_000_000);
    assert.deepEqual([batch.describe(huge).Status, batch.describe(low).Status], ["RUNNABLE", "SUCCEEDED"]);
    assert.deepEqual(
      events.flatMap((event) => (event.type === "jobStuck" ? [event.message] : [])),
      [
        "Job huge requests 8 vCPUs, more than any compute environment of queue high has. It and the jobs behind it will wait forever. Raise the environment's vCPUs, or request fewer.",
      ],
    );
  });

  const REFUSED: [object, string][] = [
    [{ JobQueue: "other" }, "There is no job queue other. The program has: high, off."],
    [{ JobQueue: "off" }, "Job queue off is disabled and takes no jobs. Set its state to ENABLED."],
    [{ JobDefinition: "other:3" }, "There is no job definition other:3. The program has: job, job."],
  ];
  for (const [args, message] of REFUSED) {
    it(`refuses: ${message}`, () => {
      const { submit } = bench(undefined, {
        queues: [queue("high", 10, ["ce"]), queue("off", 1, ["ce"], false)],
        jobDefinitions: [definition("job"), definition("job", { revision: 2 })],
      });
      assert.throws(() => submit(args), { name: "BatchClientError", message });
    });
  }

  it("finds a job definition by name, revision and ARN", () => {
    const second = definition("job", { revision: 2, arn: "arn:aws:batch:us-east-1:123456789012:job-definition/job:2" });
    const { submit, batch } = bench(undefined, { jobDefinitions: [definition("job"), second] });
    const first = definition("job").arn;
    const found = ["job", "job:1", "job:2", first, first.replace(/:1$/, "")].map(
      (JobDefinition) => batch.describe(submit({ JobDefinition })).JobDefinition,
    );
    assert.deepEqual(
      found.map((arn) => arn.at(-1)),
      ["2", "1", "2", "1", "2"],
    );
  });
});
