import { randomUUID } from "node:crypto";

import type { Clock } from "../clock/clock";
import { LinkedAbort } from "../clock/linkedAbort";
import { checkDefinition } from "./check";
import { withDeadline } from "./deadline";
import { EXPRESS_SECONDS, type StateMachineType } from "./express";
import type { Json, StateMachineDefinition } from "../../contract/asl";
import { Cancelled, StatesError } from "./errors";
import type { ExecutionStatus, StateMachineEvent } from "../../contract/events";
import { Evaluator } from "./expressions";
import { runMachine } from "./machine";
import { type Checkpoint, Cursor } from "./cursor";
import type { TaskHandlers } from "./task";
import { UsageError } from "../../contract/usageError";

/** A state machine as its executions see it. */
export interface StateMachineIdentity {
  arn: string;
  name: string;
  roleArn: string;
  /** Defaults to STANDARD. */
  type?: StateMachineType;
}

export interface ExecutionOptions {
  handlers: TaskHandlers;
  clock: Clock;
  stateMachine: StateMachineIdentity;
  /** Name of the execution. Defaults to a new UUID. */
  name?: string;
  /** ARN of the execution, if its starter has already chosen it. Defaults to one with the name. */
  arn?: string;
  /** Resumes an execution that did not succeed. Needs its definition, input and name. Express executions have none. */
  redrive?: Redrive;
  /** Ends the execution with the status ABORTED. */
  signal?: AbortSignal;
  onEvent?: (event: StateMachineEvent) => void;
  /** Numbers from 0 up to 1 for jitter and `$random`. Defaults to `Math.random`. */
  random?: () => number;
  /** Keeps what executions of one definition have parsed. Defaults to one for this execution alone. */
  evaluator?: Evaluator;
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
  const { handlers, stateMachine } = options;
  return executeChecked(checkDefinition(definition, handlers, stateMachine.type), input, options);
}

/** Runs a state machine whose definition `checkDefinition` has found right. */
export async function executeChecked(
  machine: StateMachineDefinition,
  input: Json,
  options: ExecutionOptions,
): Promise<ExecutionResult> {
  const {
    handlers,
    clock,
    stateMachine,
    random = Math.random,
    signal = new AbortController().signal,
    redrive,
  } = options;
  const { type = "STANDARD" } = stateMachine;
  if (redrive && type === "EXPRESS") {
    throw new UsageError(
      `The execution of ${stateMachine.name} can't be redriven, because its state machine is Express. Start a new execution.`,
    );
  }
  const name = options.name ?? randomUUID();
  const id = options.arn ?? executionArn(stateMachine, name);
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
  const evaluator = options.evaluator ?? new Evaluator({ now: () => clock.now(), random });
  const execution = { clock, random, evaluator, handlers, emit, context, visits: 0 };
  const cursor = new Cursor(undefined, redrive?.checkpoint);
  const limit = timeLimit(machine, type);
  const result = await outcomeOf(limit, clock, signal, (limited) =>
    runMachine(execution, machine, input, { cursor, signal: limited, path: [] }),
  );
  emit({ type: "executionEnded", time: clock.now(), ...result });
  const { checkpoint } = cursor;
  return result.status === "SUCCEEDED" || type === "EXPRESS" || !checkpoint ? result : { ...result, checkpoint };
}

/** The ARN of an execution. Those of an Express state machine may share a name: a UUID tells them apart. */
export function executionArn({ arn, type }: StateMachineIdentity, name: string): string {
  return type === "EXPRESS"
    ? `${arn.replace(":stateMachine:", ":express:")}:${name}:${randomUUID()}`
    : `${arn.replace(":stateMachine:", ":execution:")}:${name}`;
}

interface TimeLimit {
  seconds?: number;
  /** Where the limit comes from. */
  of: string;
}

function timeLimit({ TimeoutSeconds: own }: StateMachineDefinition, type: StateMachineType): TimeLimit {
  if (type === "EXPRESS" && (own ?? Infinity) > EXPRESS_SECONDS) {
    return { seconds: EXPRESS_SECONDS, of: "an Express execution's limit" };
  }
  return { ...(own === undefined ? {} : { seconds: own }), of: "the state machine's TimeoutSeconds" };
}

async function outcomeOf(
  { seconds, of }: TimeLimit,
  clock: Clock,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<Json>,
): Promise<ExecutionResult> {
  const own = new LinkedAbort(signal);
  let limit = own.signal;
  try {
    const output = await withDeadline(clock, seconds, own.signal, (limited) => run((limit = limited)));
    return { status: "SUCCEEDED", output };
  } catch (failure) {
    if (signal.aborted) return { status: "ABORTED", cause: reasonOf(signal) };
    if (limit.aborted) {
      const cause = `The execution took longer than ${of}, ${seconds}.`;
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
