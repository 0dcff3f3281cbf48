import assert from "node:assert/strict";

import type { JsonObject } from "../../../contract/asl";
import { VirtualClock } from "../../../runner/clock/clock";
import { ExecutionService } from "../../../runner/executions/service";
import { startExecution } from "../../../runner/integrations/startExecution";
import { withModels } from "../../../runner/integrations/serviceModel";
import type { TaskHandlers } from "../../../runner/stateMachine/task";
import { observe, single } from "../stateMachine/support";

const ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
const RESOURCE = "arn:aws:states:::states:startExecution";
const DONE = { QueryLanguage: "JSONata", StartAt: "Done", States: { Done: { Type: "Succeed" } } };

function local(): { service: ExecutionService; handlers: TaskHandlers } {
  const service = new ExecutionService({ clock: new VirtualClock(5) });
  service.deploy({ arn: ARN, name: "m", roleArn: "", definition: DONE, handlers: {} });
  return { service, handlers: withModels({ [RESOURCE]: startExecution(service) }) };
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
