import { strict as assert } from "node:assert";

import { Account } from "./account";
import type { Existing } from "./resourceType";

function stateMachine(type: string, Resource: string): Existing {
  const definition = { StartAt: "S", States: { S: { Type: "Task", Resource, End: true } } };
  return {
    ...{ type: "aws:sfn/stateMachine:StateMachine", urn: "urn", name: "m", id: "m", region: "us-east-1", revision: 1 },
    ...{ inputs: { type, definition: JSON.stringify(definition) }, outputs: {} },
  };
}

describe("the account of stand-ins", () => {
  const SYNC = "arn:aws:states:::batch:submitJob.sync";

  it("refuses what an Express state machine can't do, when it is made and when it is changed", () => {
    const account = new Account();
    const refusal = `InvalidDefinition: SCHEMA_VALIDATION_FAILED: State 'S': an Express state machine can't wait for the end of what it starts. Received Resource "${SYNC}". Call batch:submitJob, or make the state machine STANDARD.`;
    assert.throws(() => account.create(stateMachine("EXPRESS", SYNC)), { message: refusal });
    account.create(stateMachine("EXPRESS", "arn:aws:states:::batch:submitJob"));
    assert.throws(() => account.update(stateMachine("EXPRESS", SYNC)), { message: refusal });
    assert.deepEqual(account.refused, [refusal, refusal]);
    assert.equal(account.all().length, 1);
  });

  it("takes it of a Standard one", () => new Account().create(stateMachine("STANDARD", SYNC)));
});
