import { strict as assert } from "node:assert";

import type { GeneratedWorkflow } from "../../../../components/workflow/generateWorkflow";
import { evaluate, stateOf } from "../support";

export const EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:videos:1";
const MACHINE = "arn:aws:states:eu-west-1:123456789012:stateMachine:videos";
export const ABOUT = { input: "s3://i/dir/clip.mp4", output: "s3://o/p" };

export const context = {
  Execution: { Id: EXECUTION },
  StateMachine: { Id: MACHINE },
  Task: { Token: "token" },
  get State() {
    return { EnteredTime: new Date(Date.now() - 90_000).toISOString() };
  },
};

interface Published {
  Subject: string;
  MessageStructure: string;
  MessageAttributes: unknown;
  notice: Record<string, unknown>;
  email: string;
}

/** What a state publishes. */
export async function published(
  workflow: GeneratedWorkflow,
  state: string,
  variables: Record<string, unknown>,
): Promise<Published> {
  const { Arguments } = stateOf(workflow, state, "Task");
  const bindings = { ...ABOUT, ...variables, states: { context } };
  const { Message, ...rest } = (await evaluate(Arguments, bindings)) as { Message: string } & Omit<Published, "notice">;
  const { default: json, email, ...others } = JSON.parse(Message) as Record<string, string>;
  assert.deepEqual(others, {});
  assert.ok(Buffer.byteLength(Message) < 262_144);
  return { ...rest, notice: JSON.parse(json!) as Record<string, unknown>, email: email! };
}

/** An attribute of a message. */
export const text = (value: string): unknown => ({ DataType: "String", StringValue: value });
/** What every notice says of its execution. */
export const about = { execution: EXECUTION, stateMachine: MACHINE, ...ABOUT };
