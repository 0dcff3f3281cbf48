import assert from "node:assert/strict";

import { parseFaults } from "../../../runner/faults/fault";
import { stepsOf, type TaskStep } from "../../../runner/faults/steps";
import { readDeployment } from "../../../runner/deployment";
import type { Synthesis } from "../../../runner/synthesis";
import { rehearse, synthesised, type Rehearsal } from "./rehearsal";

/** What a fault of one step comes to. */
interface Row {
  /** Behind the step's name, as `--fail` takes it. */
  fault: string;
  of: TaskStep["service"];
  /** Only of this step; all steps of the service otherwise. */
  only?: string;
  status: "SUCCEEDED" | "FAILED" | "ABORTED";
  /** The sentence of the notice, behind the name of the step; of failures. */
  cause?: RegExp;
  /** Attempts of the step's job, or of one chunk of it. */
  attempts?: number;
  /** Retries of the step by the state machine. */
  retries?: number;
  /** The job itself failed, which of an array job says how many of its chunks did. */
  ofJob?: true;
  /** The notice says where the log is. Array jobs have none. */
  log?: true;
}

const EXIT = "Essential container in task exited\\.";
const UP = / did not end within \d+ seconds, the wait in its queue included\.$/;
const refused = (error: string, cause: string): RegExp => new RegExp(`^ failed: ${error}. ${cause}`);

const ROWS: Row[] = [
  // A job that fails at once, and for ever; on the first attempt and on two; for good.
  {
    of: "batch",
    fault: "",
    status: "FAILED",
    attempts: 3,
    ofJob: true,
    log: true,
    cause: new RegExp(`^ failed: exit code 1 after 3 attempts. ${EXIT}$`),
  },
  { of: "batch", fault: ":attempt=1", status: "SUCCEEDED", attempts: 2 },
  { of: "batch", fault: ":attempt=1-2", status: "SUCCEEDED", attempts: 3 },
  {
    of: "batch",
    fault: ":exit=2",
    status: "FAILED",
    attempts: 1,
    ofJob: true,
    log: true,
    cause: new RegExp(`^ failed: exit code 2 after 1 attempt. ${EXIT}$`),
  },
  { of: "batch", fault: ":attempt=2,exit=2", status: "SUCCEEDED", attempts: 1 },
  {
    of: "batch",
    fault: ":kind=attempt-timeout",
    ofJob: true,
    status: "FAILED",
    attempts: 1,
    cause: /^ failed: exit code 143 after 1 attempt. Job attempt duration exceeded timeout\.$/,
  },
  { of: "batch", fault: ":kind=reclaim,attempt=1", status: "SUCCEEDED", attempts: 2 },
  {
    of: "batch",
    fault: ":kind=reclaim",
    ofJob: true,
    status: "FAILED",
    attempts: 3,
    cause: /^ failed: Host EC2 \(instance i-0+\) terminated\.$/,
  },
  // A queue that never starts, and a step whose time is up while its job runs.
  { of: "batch", fault: ":kind=stuck", status: "FAILED", attempts: 0, cause: UP },
  { of: "batch", fault: ":kind=timeout", status: "FAILED", attempts: 1, cause: UP },
  // The service's trouble, once and for ever; a permission that is missing.
  { of: "batch", fault: ":kind=throttle,attempt=1", status: "SUCCEEDED", retries: 1, attempts: 1 },
  {
    of: "batch",
    fault: ":kind=throttle",
    status: "FAILED",
    retries: 6,
    cause: refused("Batch.AWSBatchException", "Too Many Requests"),
  },
  { of: "batch", fault: ":kind=unavailable,attempt=1-3", status: "SUCCEEDED", retries: 3, attempts: 1 },
  {
    of: "batch",
    fault: ":kind=unavailable",
    status: "FAILED",
    retries: 6,
    cause: refused("Batch.ServerException", "Internal server error"),
  },
  {
    of: "batch",
    fault: ":kind=denied",
    status: "FAILED",
    retries: 6,
    cause: refused(
      "Batch.AWSBatchException",
      "The role of the state machine is not authorized to perform: batch:SubmitJob",
    ),
  },
  { of: "batch", fault: ":kind=stop", status: "ABORTED", attempts: 1 },
  // The plan.
  { of: "s3", only: "Read Plan", fault: "", status: "FAILED", cause: UP },
  { of: "s3", only: "Read Plan", fault: ":kind=throttle,attempt=1", status: "SUCCEEDED", retries: 1 },
  {
    of: "s3",
    only: "Read Plan",
    fault: ":kind=throttle",
    status: "FAILED",
    retries: 4,
    cause: refused("S3.S3Exception", "Please reduce your request rate"),
  },
  {
    of: "s3",
    only: "Read Plan",
    fault: ":kind=unavailable",
    status: "FAILED",
    retries: 4,
    cause: refused("S3.S3Exception", "We encountered an internal error"),
  },
  {
    of: "s3",
    only: "Read Plan",
    fault: ":kind=denied",
    status: "FAILED",
    retries: 4,
    cause: refused("S3.S3Exception", "Access Denied"),
  },
  {
    of: "s3",
    only: "Read Plan",
    fault: ":kind=missing",
    status: "FAILED",
    retries: 0,
    cause: refused("S3.NoSuchKeyException", "The specified key does not exist"),
  },
  {
    of: "s3",
    only: "Read Plan",
    fault: ":kind=unreadable",
    status: "FAILED",
    retries: 0,
    cause: refused("States.QueryEvaluationError", "An error occurred while executing the state 'Read Plan'"),
  },
  { of: "s3", only: "Read Plan", fault: ":kind=stop", status: "ABORTED" },
  // Notices.
  { of: "sns", only: "Notify Success", fault: ":kind=throttle,attempt=1", status: "SUCCEEDED", retries: 1 },
  {
    of: "sns",
    only: "Notify Success",
    fault: ":kind=denied",
    status: "FAILED",
    retries: 0,
    cause: refused("SNS.AuthorizationErrorException", "The role of the state machine"),
  },
  { of: "sns", only: "Notify Success", fault: ":kind=stop", status: "ABORTED" },
];

describe("every fault of every step", () => {
  let synthesis: Synthesis;
  let steps: TaskStep[];

  before(async () => {
    synthesis = await synthesised();
    steps = stepsOf(readDeployment(synthesis).stateMachine.definition);
  });

  it("is in the table", () => {
    const rows = (of: string): Row[] => ROWS.filter((row) => row.of === of);
    assert.deepEqual([...new Set(steps.map(({ service }) => service))].sort(), ["batch", "s3", "sns"]);
    assert.ok(steps.length >= 11 && steps.every(({ service }) => rows(service).length > 0));
  });

  for (const row of ROWS) {
    const { of, fault, status, only } = row;
    it(`${of === "batch" ? "a job" : (only ?? "Read Plan")} with ${fault === "" ? "no more said" : fault.slice(1)} ends ${status}`, async () => {
      const hit = steps.filter(({ service, name }) => service === of && (only === undefined || only === name));
      assert.ok(hit.length > 0);
      for (const { name } of hit) check(await rehearse(synthesis, [`${name}${fault}`]), name, row);
    });
  }

  it("of the failure notice does not hide why the video failed", async () => {
    const fail = ["Extract Metadata:exit=2", "Notify Failure:kind=denied"];
    const { record, notices, hasManifest } = await rehearse(synthesis, fail);
    assert.deepEqual([record.status, notices, hasManifest], ["FAILED", [], false]);
    assert.match(record.cause ?? "", /^Extract Metadata failed: exit code 2 after 1 attempt\./);
  });

  for (const kind of ["timeout", "throttle", "unavailable", "denied", "missing"]) {
    it(`of the worker's sentence costs no notice: ${kind}`, async () => {
      const fail = ["Transcode_480p-1:exit=2", `Read Cause:kind=${kind}`];
      const { record, notices, hasManifest } = await rehearse(synthesis, fail);
      const cause = `Transcode_480p-1 failed: exit code 2 after 1 attempt. Essential container in task exited.`;
      assert.deepEqual(
        [record.status, notices.map((notice) => notice["cause"]), hasManifest],
        ["FAILED", [cause], false],
      );
      assert.equal(record.states.find(({ name }) => name === "Read Cause")?.retries, 0);
      assert.equal(record.failure?.state, "Transcode_480p-1");
    });
  }

  it("of the failure notice is tried again", async () => {
    const { notices } = await rehearse(synthesis, [
      "Extract Metadata:exit=2",
      "Notify Failure:kind=throttle,attempt=1-3",
    ]);
    assert.deepEqual(
      notices.map(({ step }) => step),
      ["Extract Metadata"],
    );
  });

  it("is told by what failed first when several steps fail at once", async () => {
    const all = steps.filter(({ name }) => name.startsWith("Transcode_"));
    const { record, notices } = await rehearse(
      synthesis,
      all.map(({ name }) => `${name}:exit=2`),
    );
    assert.equal(record.status, "FAILED");
    assert.equal(notices.length, 1);
  });

  it("is of one chunk where it says so", async () => {
    const { record, jobsOf } = await rehearse(synthesis, ["Transcode_720p-2:chunk=1,attempt=1"]);
    const [array] = jobsOf("Transcode_720p-2");
    const attempts = record.jobs.filter(({ parentId }) => parentId === array?.id).map((job) => job.attempts.length);
    assert.deepEqual([record.status, attempts], ["SUCCEEDED", [1, 2, 1]]);
  });

  it("leaves a run alone in which nothing has to fail", async () => {
    const { record, notices, hasManifest, left } = await rehearse(synthesis, []);
    assert.deepEqual([record.status, notices.length, hasManifest, left], ["SUCCEEDED", 1, true, 0]);
  });
});

function check({ record, jobsOf, notices, hasManifest, left }: Rehearsal, step: string, row: Row): void {
  const told = `${step}${row.fault}`;
  assert.equal(record.status, row.status, `${told}: ${record.cause}`);
  // Nothing runs on, and every job and state has ended.
  assert.equal(left, 0, told);
  assert.ok(
    record.jobs.every(({ ended }) => ended !== undefined),
    told,
  );
  assert.ok(
    record.states.every(({ exited }) => exited !== undefined),
    told,
  );

  const notified = step.startsWith("Notify");
  const entered = record.states.map(({ name }) => name);
  assert.equal(hasManifest, row.status === "SUCCEEDED" || notified, told);
  assert.equal(entered.includes("Notify Failure"), row.status === "FAILED", told);
  assert.equal(entered.includes("Notify Success"), row.status === "SUCCEEDED" || notified, told);
  assert.equal(notices.length, row.status === "ABORTED" ? 0 : 1, told);
  const visit = record.states.findLast(({ name }) => name === step);
  if (row.retries !== undefined) assert.equal(visit?.retries, row.retries, told);
  if (row.attempts !== undefined) {
    const [job] = jobsOf(step);
    const tried = job?.arraySize === undefined ? [job] : record.jobs.filter(({ parentId }) => parentId === job.id);
    assert.equal(Math.max(...tried.map((one) => one?.attempts.length ?? 0)), row.attempts, told);
  }
  if (row.status !== "FAILED") return;
  const [notice] = notices;
  assert.equal(notice?.["status"], "FAILED", told);
  assert.equal(notice?.["step"], step, told);
  const cause = String(notice?.["cause"]);
  assert.equal(record.cause, cause);
  const array = jobsOf(step)[0]?.arraySize !== undefined;
  assert.ok(cause.startsWith(step), cause);
  const expected = array && row.ofJob ? /^ failed: 3 of 3 chunks failed\. Array Child Job failed\.$/ : row.cause;
  assert.match(cause.slice(step.length), expected ?? /^$/, told);
  if (row.log && !array) assert.match(String(notice?.["log"]), /\/logs\/videos-.*-\d\.log$/, told);
}

describe("--fail", () => {
  const steps: TaskStep[] = [
    { name: "Transcode_720p-1", service: "batch" },
    { name: "Read Plan", service: "s3" },
  ];
  const every = { from: 1, to: Infinity };
  const read: [string, object][] = [
    ["Transcode_720p-1", { step: "Transcode_720p-1", kind: "exit", attempts: every, exitCode: 1 }],
    [
      "Transcode_720p-1:attempt=1",
      { step: "Transcode_720p-1", kind: "exit", attempts: { from: 1, to: 1 }, exitCode: 1 },
    ],
    [
      "Transcode_720p-1:attempt=1-2,exit=137,chunk=3",
      { step: "Transcode_720p-1", kind: "exit", attempts: { from: 1, to: 2 }, exitCode: 137, chunk: 3 },
    ],
    ["Read Plan:kind=denied", { step: "Read Plan", kind: "denied", attempts: every, exitCode: 1 }],
  ];
  for (const [text, fault] of read) {
    it(`reads ${text}`, () => assert.deepEqual(parseFaults([text], steps), [{ ...fault, text }]));
  }

  const batch = "exit, attempt-timeout, reclaim, stuck, timeout, throttle, unavailable, denied, stop";
  const wrong: [string, string][] = [
    ["Transcode_999p-1", "there is no such step. There are: Transcode_720p-1, Read Plan."],
    ["Transcode_720p-12", "there is no such step. There are: Transcode_720p-1, Read Plan."],
    ["Transcode_720p-1:often=1", "the settings are kind, attempt, exit, chunk. Received often=1."],
    ["Transcode_720p-1:kind=missing", `kind must be one of ${batch} for this step. Received missing.`],
    [
      "Read Plan:kind=exit",
      "kind must be one of timeout, throttle, unavailable, denied, missing, unreadable, stop for this step. Received exit.",
    ],
    ["Transcode_720p-1:attempt=0", "attempt must be a whole number from 1, or a range such as 1-2. Received 0."],
    ["Transcode_720p-1:attempt=3-2", "attempt must be a whole number from 1, or a range such as 1-2. Received 3-2."],
    ["Transcode_720p-1:exit=0", "exit must be a whole number from 1 to 255. Received 0."],
    ["Transcode_720p-1:exit=2,kind=stuck", "exit goes only with kind=exit, not with kind=stuck."],
    ["Transcode_720p-1:chunk=1,kind=denied", "chunk is of attempts, and does not go with kind=denied."],
    ["Transcode_720p-1:chunk=first", "chunk must be a whole number from 0 to 9999. Received first."],
  ];
  for (const [text, sentence] of wrong) {
    it(`refuses ${text}`, () => {
      assert.throws(() => parseFaults([text], steps), { name: "UsageError", message: `--fail ${text}: ${sentence}` });
    });
  }
});
