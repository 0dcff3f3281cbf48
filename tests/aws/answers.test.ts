import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { History } from "../../aws/history";
import { cli } from "../support/commandLine";
import { EXECUTION } from "./recording";
import { Refusal, startService } from "./service";

type Event = Record<string, unknown>;

const ASK = { TopicArn: "arn:aws:sns:eu-west-1:123456789012:t", Subject: "Approval wanted", MessageStructure: "json" };

function asked(token: string): Event {
  const notice = JSON.stringify({ status: "APPROVAL_WANTED", token });
  const parameters = JSON.stringify({ ...ASK, Message: JSON.stringify({ default: notice, email: "Please look." }) });
  return { taskScheduledEventDetails: { resourceType: "sns", resource: "publish.waitForTaskToken", parameters } };
}

/** `[previous event, type, details]`; the index, from 1, is the id. */
const event = ([previousEventId, type, details = {}]: [number, string, Event?], index: number): Event => ({
  ...{ id: index + 1, previousEventId, type, timestamp: 1_767_225_600 + index },
  ...details,
});

const WAITING: [number, string, Event?][] = [
  [0, "ExecutionStarted"],
  [0, "TaskStateEntered", { stateEnteredEventDetails: { name: "Ask for Approval", input: "{}" } }],
  [2, "TaskScheduled", asked("first")],
  [3, "TaskStarted"],
  [4, "TaskSubmitted", { taskSubmittedEventDetails: { resourceType: "sns", resource: "publish.waitForTaskToken" } }],
];
/** Nobody answered. The execution was redriven and asks again. */
const ASKED_AGAIN: typeof WAITING = [
  ...WAITING,
  [5, "TaskTimedOut", { taskTimedOutEventDetails: { resourceType: "sns", error: "States.Timeout" } }],
  [6, "ExecutionFailed"],
  [7, "ExecutionRedriven"],
  [8, "TaskScheduled", asked("second")],
  [9, "TaskStarted"],
];
const OVER: typeof WAITING = [
  ...WAITING,
  [5, "TaskSucceeded", { taskSucceededEventDetails: { resourceType: "sns", resource: "publish.waitForTaskToken" } }],
];

describe("the commands that answer and redrive", () => {
  const environment = { ...process.env };
  let directory: string;
  let service: Awaited<ReturnType<typeof startService>>;

  async function serve(history: typeof WAITING, more: Record<string, () => unknown> = {}): Promise<void> {
    service = await startService({
      "AWSStepFunctions.GetExecutionHistory": () => ({ events: history.map(event).reverse() }),
      "AWSStepFunctions.SendTaskSuccess": () => ({}),
      "AWSStepFunctions.SendTaskFailure": () => ({}),
      "AWSStepFunctions.RedriveExecution": () => ({ redriveDate: 1_767_225_600 }),
      ...more,
    });
    process.env["AWS_ENDPOINT_URL"] = service.endpoint;
  }

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "aws-"));
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    Object.assign(process.env, {
      ...{ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret", AWS_EC2_METADATA_DISABLED: "true" },
      ...{ AWS_MAX_ATTEMPTS: "1", HOME: directory },
    });
  });
  afterEach(() => {
    service?.close();
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, environment);
    rmSync(directory, { recursive: true, force: true });
  });

  const last = (): unknown => service.calls.at(-1);

  it("approve with the token in the notice", async () => {
    await serve(WAITING);
    const { code, stderr } = await cli(["approve", EXECUTION, "--by", "alice"]);
    assert.deepEqual([code, stderr], [0, `Approved ${EXECUTION}\n`]);
    const request = { taskToken: "first", output: '{"by":"alice"}' };
    assert.deepEqual(last(), { operation: "AWSStepFunctions.SendTaskSuccess", request });
  });

  it("reject with who and why", async () => {
    await serve(WAITING);
    const { code, stderr } = await cli(["reject", EXECUTION, "--by", "bob", "--cause", "Too dark."]);
    assert.deepEqual([code, stderr], [0, `Rejected ${EXECUTION}\n`]);
    const request = { taskToken: "first", error: "VideoRejected", cause: "by bob: Too dark." };
    assert.deepEqual(last(), { operation: "AWSStepFunctions.SendTaskFailure", request });
  });

  it("answer the last question if there was an earlier one", async () => {
    await serve(ASKED_AGAIN);
    await cli(["approve", EXECUTION, "--by", "alice"]);
    assert.deepEqual((last() as { request: Event }).request, { taskToken: "second", output: '{"by":"alice"}' });
  });

  for (const [what, history] of [
    ["that was answered", OVER],
    ["that asked nothing", WAITING.slice(0, 2)],
    ["that has ended", ASKED_AGAIN.slice(0, 7)],
  ] as const) {
    it(`exit with 2 on an execution ${what}`, async () => {
      await serve([...history]);
      const { code, stderr } = await cli(["approve", EXECUTION]);
      assert.equal(stderr, `${EXECUTION} isn't waiting for approval. See its state with the watch command.\n`);
      assert.equal(code, 2);
    });
  }

  for (const type of ["TaskTimedOut", "TaskDoesNotExist"]) {
    it(`exit with 2 when the task has already ended, which AWS reports as ${type}`, async () => {
      await serve(WAITING, {
        "AWSStepFunctions.SendTaskFailure": () => {
          throw new Refusal(type, "The task is over");
        },
      });
      const { code, stderr } = await cli(["reject", EXECUTION]);
      assert.equal(
        stderr,
        "The execution is no longer waiting for this answer: The task is over. See its state with the watch command.\n",
      );
      assert.equal(code, 2);
    });
  }

  it("redrive", async () => {
    await serve([]);
    const { code, stderr } = await cli(["redrive", EXECUTION]);
    assert.deepEqual([code, stderr], [0, `Redriving ${EXECUTION}\n`]);
    assert.deepEqual(last(), {
      operation: "AWSStepFunctions.RedriveExecution",
      request: { executionArn: EXECUTION, clientToken: (last() as { request: Event }).request["clientToken"] },
    });
  });

  it("say why an execution can't be redriven", async () => {
    const message = "Execution is not redrivable because it succeeded.";
    await serve([], {
      "AWSStepFunctions.RedriveExecution": () => {
        throw new Refusal("ExecutionNotRedrivable", message);
      },
    });
    const { code, stderr } = await cli(["redrive", EXECUTION]);
    assert.deepEqual([code, stderr], [2, `${message} Start the video again with the start command.\n`]);
  });

  it("appear in the history as soon as the question is asked", () => {
    const history = new History(EXECUTION, { States: { "Ask for Approval": { Type: "Task" } } });
    const events = OVER.flatMap((each, index) => {
      const { timestamp, ...rest } = event(each, index);
      return history.read({ ...rest, timestamp: new Date((timestamp as number) * 1000) } as never);
    });
    const notices = events.flatMap((each) => (each.type === "notificationPublished" ? [each] : []));
    assert.deepEqual(
      notices.map(({ time, notification }) => [time, notification.email, notification.message]),
      [[1_767_225_604_000, "Please look.", '{"status":"APPROVAL_WANTED","token":"first"}']],
    );
  });

  it("appear in the history with the events that the state machine sent", () => {
    const entry = { EventBusName: "arn:bus", Source: "ours", DetailType: "Done", Detail: { a: 1 } };
    const parameters = JSON.stringify({ Entries: [entry, { ...entry, Detail: '{"b":2}' }] });
    const sending: typeof WAITING = [
      [0, "ExecutionStarted"],
      [0, "TaskStateEntered", { stateEnteredEventDetails: { name: "Send", input: "{}" } }],
      [
        2,
        "TaskScheduled",
        { taskScheduledEventDetails: { resourceType: "events", resource: "putEvents", parameters } },
      ],
      [3, "TaskStarted"],
      [4, "TaskSucceeded", { taskSucceededEventDetails: { resourceType: "events", resource: "putEvents" } }],
    ];
    const history = new History(EXECUTION, { States: { Send: { Type: "Task" } } });
    const events = sending.flatMap((each, index) => {
      const { timestamp, ...rest } = event(each, index);
      return history.read({ ...rest, timestamp: new Date((timestamp as number) * 1000) } as never);
    });
    const sent = events.flatMap((each) => (each.type === "eventSent" ? [each.event] : []));
    const machine = EXECUTION.replace(":execution:", ":stateMachine:").replace(/:[^:]*$/, "");
    const known = { bus: "arn:bus", source: "ours", detailType: "Done", resources: [EXECUTION, machine] };
    assert.deepEqual(sent, [
      { time: 1_767_225_604_000, ...known, detail: { a: 1 } },
      { time: 1_767_225_604_000, ...known, detail: { b: 2 } },
    ]);
  });
});
