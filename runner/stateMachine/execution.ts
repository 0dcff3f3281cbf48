import { randomUUID } from "node:crypto";

import type { Clock } from "../clock/clock";
import { LinkedAbort } from "../clock/linkedAbort";
import { checkDefinition } from "./check";
import { withDeadline } from "./deadline";
import type { Json, StateMachineDefinition } from "../../contract/asl";
import { Cancelled, StatesError } from "./errors";
import type { ExecutionStatus, StateMachineEvent } from "../../contract/events";
import { Evaluator } from "./expressions";
import { runMachine } from "./machine";
import { type Checkpoint, Cursor } from "./cursor";
import type { TaskHandlers } from "./task";

export interface ExecutionOptions {
  handlers: TaskHandlers;
  clock: Clock;
  stateMachine: { arn: string; name: string; roleArn: string };
  /** Name of the execution. Defaults to a new UUID. */
  name?: string;
  /** Resumes an execution that did not succeed. Needs its definition, input and name. */
  redrive?: Redrive;
  /** Ends the execution with the status ABORTED. */
  signal?: AbortSignal;
  onEvent?: (event: StateMachineEvent) => void;
  /** Numbers from 0 up to 1 for jitter and `$random`. Defaults to `Math.random`. */
  random?: () => number;
}

export interface Redrive {
  checkpoint: Checkpoint;
  /** Counts the redrives, this one included. */
  count: number;
  /** When the execution first began, in milliseconds since the epoch. */
  startTime: number;
}

export interface ExecutionResult {
  status: ExecutionStatus;
  output?: Json;
  error?: string;
  cause?: string;
  /** Where a redrive resumes. Absent after a success. */
  checkpoint?: Checkpoint;
}

/**
 * Runs a state machine to its end. A failure of the pipeline is a result, not an exception. Throws
 * `UnsupportedDefinition` before anything runs if the definition needs something that the interpreter lacks.
 */
export async function execute(definition: unknown, input: Json, options: ExecutionOptions): Promise<ExecutionResult> {
  const {
    handlers,
    clock,
    stateMachine,
    random = Math.random,
    signal = new AbortController().signal,
    redrive,
  } = options;
  const machine = checkDefinition(definition, handlers);
  const name = options.name ?? randomUUID();
  const id = `${stateMachine.arn.replace(":stateMachine:", ":execution:")}:${name}`;
  const emit = options.onEvent ?? (() => undefined);
  const start = clock.now();

  emit({ type: "executionStarted", time: start, id, input });
  const context = {
    Execution: {
      Id: id,
      Input: input,
      Name: name,
      RoleArn: stateMachine.roleArn,
      StartTime: new Date(redrive?.startTime ?? start).toISOString(),
      RedriveCount: redrive?.count ?? 0,
      ...(redrive ? { RedriveTime: new Date(start).toISOString() } : {}),
    },
    StateMachine: { Id: stateMachine.arn, Name: stateMachine.name },
  };
  const evaluator = new Evaluator({ now: () => clock.now(), random });
  const execution = { clock, random, evaluator, handlers, emit, context, visits: 0 };
  const cursor = new Cursor(undefined, redrive?.checkpoint);
  const result = await outcomeOf(machine, clock, signal, (limited) =>
    runMachine(execution, machine, input, { cursor, signal: limited, path: [] }),
  );
  emit({ type: "executionEnded", time: clock.now(), ...result });
  return result.status === "SUCCEEDED" || !cursor.checkpoint ? result : { ...result, checkpoint: cursor.checkpoint };
}

async function outcomeOf(
  { TimeoutSeconds }: StateMachineDefinition,
  clock: Clock,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<Json>,
): Promise<ExecutionResult> {
  const own = new LinkedAbort(signal);
  let limit = own.signal;
  try {
    const output = await withDeadline(clock, TimeoutSeconds, own.signal, (limited) => run((limit = limited)));
    return { status: "SUCCEEDED", output };
  } catch (failure) {
    if (signal.aborted) return { status: "ABORTED", cause: reasonOf(signal) };
    if (limit.aborted) {
      const cause = `The execution took longer than the state machine's TimeoutSeconds, ${TimeoutSeconds}.`;
      return { status: "TIMED_OUT", error: "States.Timeout", cause };
    }
    if (!(failure instanceof StatesError)) throw failure;
    const { error, cause } = failure;
    return { status: "FAILED", ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  } finally {
    own.release();
  }
}

/** Node's own reason, an `AbortError`, says nothing: only a reason that the caller gave is reported. */
function reasonOf({ reason }: AbortSignal): string {
  if (typeof reason === "string") return reason;
  return reason instanceof Cancelled ? reason.message : "The execution was aborted.";
}
