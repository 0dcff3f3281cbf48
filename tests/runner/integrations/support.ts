import assert from "node:assert/strict";

import { StatesError } from "../../../runner/stateMachine/errors";
import type { TaskContext } from "../../../runner/stateMachine/task";

export const context = (signal = new AbortController().signal): TaskContext => ({
  signal,
  visit: { id: 1, state: "S", type: "Task", path: [] },
  execution: {
    id: "arn:aws:states:eu-west-1:123456789012:execution:m:e",
    stateMachine: "arn:aws:states:eu-west-1:123456789012:stateMachine:m",
  },
});

export async function failureOf(promise: Promise<unknown>): Promise<[string | undefined, string | undefined]> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof StatesError, String(error));
    return [error.error, error.cause];
  }
  return assert.fail("It did not fail.");
}
