import assert from "node:assert/strict";

import { VirtualClock } from "../../../runner/clock/clock";
import { ExecutionService, type ExecutionServiceOptions, type StartRequest } from "../../../runner/executions/service";
import { StatesError } from "../../../runner/stateMachine/errors";
import type { StateMachineType } from "../../../runner/stateMachine/express";

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;
const arn = (name: string): string => `arn:aws:states:us-east-1:123456789012:stateMachine:${name}`;
const WAIT = {
  QueryLanguage: "JSONata",
  StartAt: "Wait",
  States: { Wait: { Type: "Wait", Seconds: "{% $states.input.seconds ? $states.input.seconds : 60 %}", End: true } },
};

interface Local {
  clock: VirtualClock;
  service: ExecutionService;
  start: (request?: Partial<StartRequest>) => string;
}

function local(type: StateMachineType, options: Partial<ExecutionServiceOptions> = {}): Local {
  const clock = new VirtualClock();
  const service = new ExecutionService({ clock, ...options });
  service.deploy({ arn: arn("m"), name: "m", roleArn: "", type, definition: WAIT, handlers: {} });
  return {
    ...{ clock, service },
    start: (request = {}) => service.start({ stateMachineArn: arn("m"), name: "one", ...request }).arn,
  };
}

const refusalOf = (act: () => unknown): [string | undefined, string | undefined] => {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof StatesError);
    return [error.error, error.cause];
  }
  throw new Error("It was not refused.");
};
const ONE = "arn:aws:states:us-east-1:123456789012:execution:m:one";
const EXISTS = ["StepFunctions.ExecutionAlreadyExistsException", `Execution Already Exists: '${ONE}'`];

describe("starting an execution", () => {
  it("of a Standard state machine answers the same request the same while it runs", async () => {
    const { start, service } = local("STANDARD");
    assert.deepEqual([start(), start(), start({ input: "{}" })], [ONE, ONE, ONE]);
    assert.equal(service.executions.length, 1);
    await service.whenIdle();
    assert.deepEqual(
      service.executions.map(({ name, ended, result }) => [name, ended, result]),
      [["one", 60_000, { status: "SUCCEEDED", output: {} }]],
    );
  });

  it("refuses its name with another input, and after its end whatever the input", async () => {
    const { start, service } = local("STANDARD");
    start();
    assert.deepEqual(
      refusalOf(() => start({ input: '{"seconds":1}' })),
      EXISTS,
    );
    await service.whenIdle();
    assert.deepEqual(refusalOf(start), EXISTS);
  });

  it("refuses its name for 90 days after its end, and no longer", async () => {
    const { start, service, clock } = local("STANDARD");
    start();
    await clock.sleep(90 * DAY + 59_999);
    assert.deepEqual(refusalOf(start), EXISTS);
    await clock.sleep(1);
    assert.equal(service.executions.length, 0);
    assert.equal(start(), ONE);
    await service.whenIdle();
    assert.equal(service.executions[0]?.started, 90 * DAY + 60_000);
  });

  it("counts the names of each state machine by themselves", () => {
    const { start, service } = local("STANDARD");
    service.deploy({ arn: arn("n"), name: "n", roleArn: "", definition: WAIT, handlers: {} });
    assert.equal(start(), ONE);
    assert.equal(start({ stateMachineArn: arn("n") }), ONE.replace(":m:", ":n:"));
  });

  it("makes up a name where none is given", () => {
    const { service } = local("STANDARD");
    for (let time = 0; time < 2; time++) service.start({ stateMachineArn: arn("m") });
    assert.equal(new Set(service.executions.map(({ name }) => name)).size, 2);
  });

  it("refuses more at once than the account may run", async () => {
    const { start, service } = local("STANDARD", { maxOpen: 1 });
    start();
    assert.deepEqual(
      refusalOf(() => start({ name: "two" })),
      ["StepFunctions.ExecutionLimitExceededException", "The account runs 1 executions, which is its limit."],
    );
    await service.whenIdle();
    start({ name: "two" });
  });

  const REFUSED: [request: Partial<StartRequest>, error: string, cause: string][] = [
    [{ stateMachineArn: arn("x") }, "StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn("x")}'`],
    ...["", "a b", "a/b", "a\u0007", "a\u0085", "a\uD800", "a\uFFFF", "x".repeat(81), "é:"].map(
      (name): [Partial<StartRequest>, string, string] => [{ name }, "InvalidName", `Invalid Name: '${name}'`],
    ),
    [
      { input: "{" },
      "InvalidExecutionInput",
      "Invalid State Machine Execution Input: 'Expected property name or '}' in JSON at position 1 (line 1 column 2)'",
    ],
    [
      { input: `"${"é".repeat(131_072)}"` },
      "InvalidExecutionInput",
      "The input has 262146 bytes. At most 262144 are allowed.",
    ],
  ];
  for (const [request, error, cause] of REFUSED) {
    it(`refuses ${JSON.stringify(request).slice(0, 60)}`, () => {
      for (const type of ["STANDARD", "EXPRESS"] as const) {
        const [name, text] = refusalOf(() => local(type).start(request));
        assert.equal(name, `StepFunctions.${error}Exception`);
        // Node 20 leaves out the line and column.
        assert.equal(text?.replace(/ \(line 1 column 2\)/, ""), cause.replace(/ \(line 1 column 2\)/, ""));
      }
    });
  }

  it("takes names in any alphabet", () => {
    for (const name of ["é", "動画", "x".repeat(80), "a!@()+='._-"]) local("STANDARD").start({ name });
  });

  it("of an Express state machine is a new one each time, whatever its name", async () => {
    const { start, service } = local("EXPRESS");
    const arns = [start(), start(), start()];
    assert.equal(new Set(arns).size, 3);
    for (const one of arns) assert.match(one, /^arn:aws:states:us-east-1:123456789012:express:m:one:[0-9a-f-]{36}$/);
    assert.equal(service.executions.length, 0);
    await service.whenIdle();
  });

  it("of an Express state machine may run more than once", async () => {
    const ended: string[] = [];
    const { start, service } = local("EXPRESS", {
      expressRuns: ({ name }) => (name === "one" ? 2 : 1),
      onEvent: ({ type }, { name }) => void (type === "executionEnded" && ended.push(name)),
    });
    start();
    start({ name: "two" });
    await service.whenIdle();
    assert.deepEqual(ended, ["one", "one", "two"]);
  });

  it("of an Express state machine that somebody waits for runs once, and says how it ended", async () => {
    const { service } = local("EXPRESS", { expressRuns: () => 3 });
    const execution = service.startSync({ stateMachineArn: arn("m"), name: "one", input: '{"seconds":7}' });
    assert.deepEqual(await service.whenEnded(execution), { status: "SUCCEEDED", output: { seconds: 7 } });
    assert.deepEqual([execution.started, execution.ended, service.executions.length], [0, 7000, 0]);
    assert.match(execution.arn, /^arn:aws:states:us-east-1:123456789012:express:m:one:[0-9a-f-]{36}$/);
    await service.whenIdle();
  });

  it("of a Standard state machine is not for somebody who waits in one call", () => {
    const { service } = local("STANDARD");
    assert.deepEqual(
      refusalOf(() => service.startSync({ stateMachineArn: arn("m") })),
      [
        "StepFunctions.StateMachineTypeNotSupportedException",
        "This operation is not supported by this type of state machine",
      ],
    );
  });

  it("of a Standard state machine can be stopped, and one of an Express one can't", async () => {
    for (const [type, status, ended] of [
      ["STANDARD", "ABORTED", 10_000],
      ["EXPRESS", "SUCCEEDED", 60_000],
    ] as const) {
      const { service, clock } = local(type);
      const execution = service.start({ stateMachineArn: arn("m") });
      await clock.sleep(10_000);
      service.stop(execution, "Enough.");
      const result = await service.whenEnded(execution);
      assert.deepEqual(
        [result.status, result.cause, execution.ended],
        [status, ended < 60_000 ? "Enough." : undefined, ended],
      );
      service.stop(execution, "Too late.");
      assert.equal(execution.result?.status, status);
      assert.deepEqual([service.typeOf(arn("m")), service.typeOf(arn("x"))], [type, undefined]);
    }
  });

  it("reports what breaks in a handler instead of in a state", async () => {
    const { service } = local("STANDARD");
    const Broken = { Type: "Task", Resource: "test:broken", Arguments: {}, End: true };
    const definition = { QueryLanguage: "JSONata", StartAt: "Broken", States: { Broken } };
    const handlers = { "test:broken": { fields: [], run: () => Promise.reject(new TypeError("No handler.")) } };
    service.deploy({ arn: arn("b"), name: "b", roleArn: "", definition, handlers });
    service.start({ stateMachineArn: arn("b") });
    await assert.rejects(service.whenIdle(), new TypeError("No handler."));
    await assert.rejects(service.whenEnded(service.executions[0]!), new TypeError("No handler."));
  });

  it("refuses, when a state machine is deployed, what its type does not take", () => {
    const { service } = local("STANDARD");
    const Sync = { Type: "Task", Resource: "arn:aws:states:::batch:submitJob.sync", End: true };
    const definition = { QueryLanguage: "JSONata", StartAt: "Sync", States: { Sync } };
    assert.throws(
      () => service.deploy({ arn: arn("e"), name: "e", roleArn: "", type: "EXPRESS", definition, handlers: {} }),
      {
        name: "UnsupportedDefinition",
        message:
          "The state machine cannot run here:\n  State 'Sync': an Express state machine can't wait for the end of what it starts. Received Resource \"arn:aws:states:::batch:submitJob.sync\". Call batch:submitJob, or make the state machine STANDARD.",
      },
    );
  });
});
