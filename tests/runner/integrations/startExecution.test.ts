import assert from "node:assert/strict";

import type { JsonObject } from "../../../contract/asl";
import { VirtualClock } from "../../../runner/clock/clock";
import { ExecutionService } from "../../../runner/executions/service";
import type { Kind } from "../../../runner/faults/kinds";
import { refusal } from "../../../runner/faults/serviceErrors";
import { nestedHandlers } from "../../../runner/integrations/resources";
import { withModels } from "../../../runner/integrations/serviceModel";
import type { StateMachineType } from "../../../runner/stateMachine/express";
import type { TaskHandlers } from "../../../runner/stateMachine/task";
import { observe, single } from "../stateMachine/support";

const ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
const RESOURCE = "arn:aws:states:::states:startExecution";
const DONE = { QueryLanguage: "JSONata", StartAt: "Done", States: { Done: { Type: "Succeed" } } };

function local(): { service: ExecutionService; handlers: TaskHandlers } {
  const service = new ExecutionService({ clock: new VirtualClock(5) });
  service.deploy({ arn: ARN, name: "m", roleArn: "", definition: DONE, handlers: {} });
  return { service, handlers: withModels(nestedHandlers(service)) };
}

const start = (args: JsonObject): object =>
  single({ Type: "Task", Resource: RESOURCE, Arguments: { StateMachineArn: ARN, ...args }, End: true });

describe("states:startExecution", () => {
  it("starts an execution, and does not wait for its end", async () => {
    const { service, handlers } = local();
    const { output } = await observe(
      start({ Name: "one", Input: { a: "{% $states.input.b %}" } }),
      { b: 1 },
      { handlers },
    );
    assert.deepEqual(output, { ExecutionArn: ARN.replace("stateMachine", "execution") + ":one", StartDate: 5 });
    await service.whenIdle();
    assert.deepEqual(service.executions[0]?.result, { status: "SUCCEEDED", output: { a: 1 } });
  });

  it("takes an input as text too, and none", async () => {
    const { service, handlers } = local();
    await observe(start({ Name: "text", Input: '{"a":2}' }), {}, { handlers });
    await observe(start({ Name: "none" }), {}, { handlers });
    assert.deepEqual(
      service.executions.map(({ input }) => input),
      [{ a: 2 }, {}],
    );
  });

  it("fails with the error of the service", async () => {
    const { service, handlers } = local();
    const machine = start({ Name: "one" });
    await observe(machine, {}, { handlers });
    await service.whenIdle();
    const { status, error, cause } = await observe(machine, {}, { handlers });
    assert.deepEqual([status, error], ["FAILED", "StepFunctions.ExecutionAlreadyExistsException"]);
    assert.equal(cause, `Execution Already Exists: '${ARN.replace("stateMachine", "execution")}:one'`);
  });

  it("can't be started with arguments that the service does not have", async () => {
    const { error, cause } = await observe(start({ Name: 7 }), {}, { handlers: local().handlers });
    assert.equal(error, "States.Runtime");
    assert.match(cause!, /\[The value for the field 'Name' must be a STRING\]$/);
  });
});

const STARTED = Date.UTC(2026, 10, 29);
const EXECUTION = ARN.replace("stateMachine", "execution") + ":one";

/** A parent whose one task starts a child that waits for `seconds` of its input, and fails if its input has an `error`. */
async function nested(
  call: string,
  args: JsonObject,
  { type = "STANDARD", timeout = 3600 }: { type?: StateMachineType; timeout?: number } = {},
) {
  const clock = new VirtualClock(STARTED);
  const service = new ExecutionService({ clock });
  const states = {
    "Wait": { Type: "Wait", Seconds: "{% $states.input.seconds %}", Next: "Fails?" },
    "Fails?": {
      Type: "Choice",
      Choices: [{ Condition: "{% $exists($states.input.error) %}", Next: "Fail" }],
      Default: "Done",
    },
    "Fail": { Type: "Fail", Error: "{% $states.input.error %}", Cause: "It had to." },
    "Done": { Type: "Succeed", Output: "{% $states.input.done ? $pad('', $states.input.done, 'x') : {'a': [1]} %}" },
  };
  const definition = { QueryLanguage: "JSONata", StartAt: "Wait", States: states };
  service.deploy({ arn: ARN, name: "m", roleArn: "", type, definition, handlers: {} });
  const Arguments = { StateMachineArn: ARN, Name: "one", ...args };
  const Task = { Type: "Task", Resource: `arn:aws:states:::${call}`, Arguments, TimeoutSeconds: timeout, End: true };
  const parent = ARN.replace(/m$/, "parent");
  service.deploy({
    ...{ arn: parent, name: "parent", roleArn: "", handlers: withModels(nestedHandlers(service)) },
    definition: { QueryLanguage: "JSONata", StartAt: "Task", States: { Task } },
  });
  const execution = service.start({ stateMachineArn: parent });
  const { status, output, error, cause } = await service.whenEnded(execution);
  const seconds = (execution.ended! - STARTED) / 1000;
  await service.whenIdle();
  const child = service.executions.find(({ stateMachineArn }) => stateMachineArn === ARN);
  return { status, output: output as JsonObject, error, cause, seconds, child, idle: (clock.now() - STARTED) / 1000 };
}

const SUCCEEDED = {
  ...{ ExecutionArn: EXECUTION, StateMachineArn: ARN, Name: "one", Status: "SUCCEEDED" },
  ...{ StartDate: STARTED, StopDate: STARTED + 90_000 },
  ...{ InputDetails: { Included: true }, OutputDetails: { Included: true } },
};

describe("states:startExecution.sync", () => {
  it("waits for a Standard execution, and leaves its input and output as text", async () => {
    const { output, seconds } = await nested("states:startExecution.sync", { Input: { seconds: 90 } });
    assert.deepEqual(output, { ...SUCCEEDED, Input: '{"seconds":90}', Output: '{"a":[1]}' });
    assert.equal(seconds, 90);
  });

  it("reads them in its second version", async () => {
    const { output } = await nested("states:startExecution.sync:2", { Input: { seconds: 90 } });
    assert.deepEqual(output, { ...SUCCEEDED, Input: { seconds: 90 }, Output: { a: [1] } });
  });

  for (const version of ["", ":2"]) {
    it(`fails if the execution fails, with what describes it (.sync${version})`, async () => {
      const args = { Input: { seconds: 1, error: "Broken" } };
      const { status, error, cause } = await nested(`states:startExecution.sync${version}`, args);
      const { Input, Status, Error: name, Cause } = JSON.parse(cause!) as JsonObject;
      assert.deepEqual([status, error], ["FAILED", "States.TaskFailed"]);
      assert.deepEqual(
        [Input, Status, name, Cause],
        ['{"seconds":1,"error":"Broken"}', "FAILED", "Broken", "It had to."],
      );
    });
  }

  it("stops the execution if the state's time is up", async () => {
    const { error, seconds, child } = await nested(
      "states:startExecution.sync:2",
      { Input: { seconds: 90 } },
      { timeout: 30 },
    );
    assert.deepEqual(
      [error, seconds, child?.result?.status, child?.ended],
      ["States.Timeout", 30, "ABORTED", STARTED + 30_000],
    );
    assert.equal(child?.result?.cause, "The state that waits for the execution was cancelled.");
  });

  it("is not for Express executions", async () => {
    const { error, cause, idle } = await nested(
      "states:startExecution.sync:2",
      { Input: { seconds: 9 } },
      { type: "EXPRESS" },
    );
    assert.equal(error, "StepFunctions.StateMachineTypeNotSupportedException");
    assert.equal(
      cause,
      `states:startExecution can't wait for the Express state machine '${ARN}'. Use aws-sdk:sfn:startSyncExecution.`,
    );
    assert.equal(idle, 0);
  });
});

describe("sfn:startSyncExecution", () => {
  const sync = (args: JsonObject, options: Parameters<typeof nested>[2] = {}) =>
    nested("aws-sdk:sfn:startSyncExecution", args, { type: "EXPRESS", ...options });

  it("waits for an Express execution, and returns its input and output as text", async () => {
    const { output, seconds } = await sync({ Input: { seconds: 4 }, TraceHeader: "Root=1" });
    const { ExecutionArn, ...rest } = output;
    assert.match(ExecutionArn as string, /^arn:aws:states:us-east-1:123456789012:express:m:one:[0-9a-f-]{36}$/);
    assert.deepEqual(rest, {
      ...{ StateMachineArn: ARN, Name: "one", Status: "SUCCEEDED", TraceHeader: "Root=1" },
      ...{ StartDate: "2026-11-29T00:00:00.000Z", StopDate: "2026-11-29T00:00:04.000Z" },
      ...{ Input: '{"seconds":4}', InputDetails: { Included: true } },
      ...{ Output: '{"a":[1]}', OutputDetails: { Included: true } },
      BillingDetails: { BilledDurationInMilliseconds: 4000, BilledMemoryUsedInMB: 64 },
    });
    assert.equal(seconds, 4);
  });

  it("returns neither if only the metadata are wanted", async () => {
    const { output } = await sync({ Input: '{"seconds":1}', IncludedData: "METADATA_ONLY" });
    const { Input, InputDetails, Output, OutputDetails } = output;
    assert.deepEqual([Input, InputDetails], [undefined, { Included: false }]);
    assert.deepEqual([Output, OutputDetails], [undefined, { Included: false }]);
  });

  it("succeeds if the execution fails, and says so in its status", async () => {
    const { status, output } = await sync({ Input: { seconds: 1, error: "Broken" } });
    const { Status, Error: name, Cause, Output } = output;
    assert.deepEqual([status, Status, name, Cause, Output], ["SUCCEEDED", "FAILED", "Broken", "It had to.", undefined]);
  });

  it("succeeds if the execution takes longer than five minutes, and says so in its status", async () => {
    const { output, seconds } = await sync({ Input: { seconds: 301 } });
    const { Status, Error: name, BillingDetails } = output;
    assert.deepEqual([Status, name, seconds], ["TIMED_OUT", "States.Timeout", 300]);
    assert.deepEqual(BillingDetails, { BilledDurationInMilliseconds: 300_000, BilledMemoryUsedInMB: 64 });
  });

  it("leaves an Express execution alone when the state's time is up: nothing can stop it", async () => {
    const { error, seconds, idle } = await sync({ Input: { seconds: 90 } }, { timeout: 30 });
    assert.deepEqual([error, seconds, idle], ["States.Timeout", 30, 90]);
  });

  it("fails if input and output together are too large for a task's result", async () => {
    const padding = "y".repeat(100_000);
    const { error, cause } = await sync({ Input: { seconds: 0, done: 170_000, padding } });
    assert.equal(error, "States.DataLimitExceeded");
    assert.match(
      cause!,
      /^The result of sfn:startSyncExecution has 270\d{3} bytes\. The result of a task can have at most 262144\.$/,
    );
  });

  const REFUSED: [args: JsonObject, type: StateMachineType, error: string, cause: RegExp][] = [
    [
      { Input: {} },
      "STANDARD",
      "Sfn.StateMachineTypeNotSupportedException",
      /^This operation is not supported by this type of state machine$/,
    ],
    [
      { StateMachineArn: `${ARN}x` },
      "EXPRESS",
      "Sfn.StateMachineDoesNotExistException",
      /^State Machine Does Not Exist: /,
    ],
    [{ Name: "a b" }, "EXPRESS", "Sfn.InvalidNameException", /^Invalid Name: 'a b'$/],
    [{ Input: "{" }, "EXPRESS", "Sfn.InvalidExecutionInputException", /^Invalid State Machine Execution Input: /],
    [{ TraceHeader: 1 }, "EXPRESS", "States.Runtime", /\[The value for the field 'TraceHeader' must be a STRING\]$/],
  ];
  for (const [args, type, error, cause] of REFUSED) {
    it(`refuses ${JSON.stringify(args)} for ${type}`, async () => {
      const ended = await sync(args, { type });
      assert.equal(ended.error, error);
      assert.match(ended.cause!, cause);
    });
  }

  it("can be made to fail, with the service's names for its errors", () => {
    const role = "The role of the state machine is not authorized to perform: states:StartSyncExecution";
    const REFUSALS: [kind: Kind, cause: string][] = [
      ["throttle", "Rate exceeded (Service: Sfn, Status Code: 400)"],
      ["unavailable", "Internal server error (Service: Sfn, Status Code: 500)"],
      ["denied", `${role} (Service: Sfn, Status Code: 400)`],
    ];
    for (const [kind, cause] of REFUSALS) {
      assert.deepEqual(refusal("sfn", kind)?.output, { Error: "Sfn.SfnException", Cause: cause });
    }
  });
});
