import assert from "node:assert/strict";

import { VirtualClock } from "../../../runner/clock/clock";
import type { Json } from "../../../contract/asl";
import { StatesError } from "../../../runner/stateMachine/errors";
import type { StateMachineEvent } from "../../../contract/events";
import type { ExecutionOptions, ExecutionResult } from "../../../runner/stateMachine/execution";
import { execute } from "../../../runner/stateMachine/execution";
import type { TaskHandlers } from "../../../runner/stateMachine/task";

export interface Observed extends ExecutionResult {
  events: StateMachineEvent[];
  /** Milliseconds of the virtual clock. */
  elapsed: number;
  /** What the handlers wrote down, with times. */
  log: string[];
}

export const STATE_MACHINE = {
  arn: "arn:aws:states:us-east-1:123456789012:stateMachine:pipeline",
  name: "pipeline",
  roleArn: "arn:aws:iam::123456789012:role/pipeline",
};

/** The epoch of the virtual clock in these tests: 2026-01-01. */
export const START = Date.UTC(2026, 0, 1);

/**
 * `test:echo` returns its arguments; `test:sleep` takes `seconds`, then returns its `value` or fails with its `error`; and
 * `test:fail` fails `times` times with `error`, then returns "done".
 */
export function testHandlers(clock: VirtualClock, log: string[]): TaskHandlers {
  const failures = new Map<string, number>();
  const at = (): string => `${(clock.now() - START) / 1000}s`;
  return {
    "test:echo": { fields: ["value", "other"], run: (args) => Promise.resolve(args) },
    "test:sleep": {
      fields: ["seconds", "value", "error", "name", "stopSeconds"],
      async run({ seconds, value, error, name, stopSeconds }, { signal }) {
        log.push(`${at()} ${name as string} started`);
        try {
          await clock.sleep(Number(seconds) * 1000, signal);
        } catch (reason) {
          await clock.sleep(Number(stopSeconds ?? 0) * 1000);
          log.push(`${at()} ${name as string} stopped`);
          throw reason;
        }
        log.push(`${at()} ${name as string} ended`);
        if (typeof error === "string") throw new StatesError(error, `${name as string} failed`);
        return value ?? null;
      },
    },
    "test:fail": {
      fields: ["times", "error"],
      // eslint-disable-next-line @typescript-eslint/require-await -- as short as a handler can be
      async run({ times, error }, { visit }) {
        const soFar = failures.get(visit.state) ?? 0;
        failures.set(visit.state, soFar + 1);
        log.push(`${at()} ${visit.state}`);
        if (soFar < Number(times)) throw new StatesError(error as string, `failure ${soFar + 1}`);
        return "done";
      },
    },
  };
}

export async function observe(
  definition: object,
  input: Json = {},
  options: Partial<ExecutionOptions> & { abortAfter?: number } = {},
): Promise<Observed> {
  const clock = new VirtualClock(START);
  const log: string[] = [];
  const events: StateMachineEvent[] = [];
  const abort = new AbortController();
  if (options.abortAfter !== undefined) {
    void clock.sleep(options.abortAfter * 1000).then(() => abort.abort("Somebody pressed Ctrl-C."));
  }
  const result = await execute({ QueryLanguage: "JSONata", ...definition }, input, {
    handlers: testHandlers(clock, log),
    clock,
    stateMachine: STATE_MACHINE,
    name: "run",
    signal: abort.signal,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { ...result, events, elapsed: clock.now() - START, log };
}

/** A machine of one state. */
export function single(state: object): object {
  return { StartAt: "S", States: { S: state } };
}

export const failed = (cause: string, error = "States.QueryEvaluationError"): object => ({
  status: "FAILED",
  error,
  cause,
});
export const succeeded = (output: Json): object => ({ status: "SUCCEEDED", output });
export const expressionError = (source: string, field: string, problem: string): object =>
  failed(
    `An error occurred while executing the state 'S'. The JSONata expression '${source}' specified for the field '${field}' ${problem}`,
  );
export const fieldError = (field: string, rule: string, value: string): object =>
  failed(`An error occurred while executing the state 'S'. The field '${field}' must be ${rule}. Received ${value}.`);

export interface Case {
  title: string;
  machine: object;
  input?: Json;
  result: object;
  /** Seconds of the virtual clock. Defaults to 0. */
  seconds?: number;
}

export const pass = (output: Json, rest: object = { End: true }): object => ({ Type: "Pass", Output: output, ...rest });

export function testCases(cases: readonly Case[]): void {
  for (const { title, machine, input = {}, result, seconds = 0 } of cases) {
    it(title, async () => {
      const { status, output, error, cause, elapsed } = await observe(machine, input);
      assert.deepEqual(JSON.parse(JSON.stringify({ status, output, error, cause })), result);
      assert.equal(elapsed, seconds * 1000);
    });
  }
}
