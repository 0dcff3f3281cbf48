import { randomUUID } from "node:crypto";

import type { Json, StateMachineDefinition } from "../../contract/asl";
import type { StateMachineEvent } from "../../contract/events";
import { isAcceptedName, NAME_TAKEN_DAYS } from "../../contract/executionName";
import type { Clock } from "../clock/clock";
import { checkDefinition } from "../stateMachine/check";
import { StatesError } from "../stateMachine/errors";
import {
  executeChecked,
  executionArn,
  type ExecutionResult,
  type StateMachineIdentity,
} from "../stateMachine/execution";
import type { StateMachineType } from "../stateMachine/express";
import { Evaluator } from "../stateMachine/expressions";
import { PAYLOAD_QUOTA } from "../stateMachine/quotas";
import type { TaskHandlers } from "../stateMachine/task";

/** The most Standard executions that an account runs at once in a region, unless AWS raises it. */
const MAX_OPEN = 1_000_000;
const NAME_TAKEN_MS = NAME_TAKEN_DAYS * 24 * 3600 * 1000;

/** A state machine that can be started. */
export interface LocalStateMachine extends StateMachineIdentity {
  definition: unknown;
  handlers: TaskHandlers;
}

/** A state machine whose definition is right, with what its expressions are parsed to. */
interface DeployedStateMachine extends LocalStateMachine {
  definition: StateMachineDefinition;
  evaluator: Evaluator;
}

export interface StartRequest {
  stateMachineArn: string;
  /** Defaults to a new UUID. */
  name?: string;
  /** JSON, as text. Defaults to an empty object. */
  input?: string;
}

export interface StartedExecution {
  arn: string;
  name: string;
  stateMachineArn: string;
  input: Json;
  /** When it began, in milliseconds since the epoch. */
  started: number;
  /** Absent while it runs. */
  result?: ExecutionResult;
  /** When it ended. Absent while it runs. */
  ended?: number;
}

export interface ExecutionServiceOptions {
  clock: Clock;
  random?: () => number;
  /**
   * How often an Express execution runs that nobody waits for, 1 or more: Step Functions promises at least once. Defaults to 1. All runs
   * have the same ARN and begin together.
   */
  expressRuns?: (request: StartRequest) => number;
  /** The most Standard executions that run at once. Defaults to AWS's 1,000,000. */
  maxOpen?: number;
  onEvent?: (event: StateMachineEvent, execution: StartedExecution) => void;
}

/**
 * Step Functions as it starts executions. For a Standard state machine a name stands for one execution, until 90 days after its end;
 * every start of an Express one is an execution of its own. All errors are those that a task of `states:startExecution` gets.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export class ExecutionService {
  readonly #machines = new Map<string, DeployedStateMachine>();
  /** The last execution of each name of a Standard state machine, by its ARN. */
  readonly #named = new Map<string, StartedExecution & { text: string }>();
  /** The ends of executions. */
  readonly #ends = new WeakMap<StartedExecution, Promise<ExecutionResult>>();
  /** What stops the Standard executions that run. */
  readonly #stops = new WeakMap<StartedExecution, AbortController>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #failures: unknown[] = [];
  #open = 0;

  constructor(private readonly options: ExecutionServiceOptions) {}

  /** Makes a state machine known. Throws `UnsupportedDefinition` for what can't run here, or not in a state machine of its type. */
  deploy(machine: LocalStateMachine): void {
    const definition = checkDefinition(machine.definition, machine.handlers, machine.type);
    const { clock, random = Math.random } = this.options;
    this.#machines.set(machine.arn, {
      ...machine,
      definition,
      evaluator: new Evaluator({ now: () => clock.now(), random }),
    });
  }

  /** Starts an execution, or finds the running one that the same request started. Throws a `StatesError` where AWS refuses. */
  start(request: StartRequest): StartedExecution {
    const { machine, name, text, input } = this.#read(request);
    if (machine.type === "EXPRESS") {
      const { expressRuns = () => 1 } = this.options;
      return this.#startExpress(machine, { name, input, runs: expressRuns({ ...request, name }) });
    }
    const arn = executionArn(machine, name);
    const earlier = this.#named.get(arn);
    if (earlier && this.#isTaken(earlier)) {
      // The same request again, as after an answer that got lost, is answered the same.
      if (earlier.ended === undefined && earlier.text === text) return earlier;
      throw refused("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
    }
    const { maxOpen = MAX_OPEN } = this.options;
    if (this.#open >= maxOpen) {
      throw refused("ExecutionLimitExceeded", `The account runs ${maxOpen} executions, which is its limit.`);
    }
    const execution = { arn, name, stateMachineArn: machine.arn, input, started: this.options.clock.now(), text };
    this.#named.delete(arn);
    this.#named.set(arn, execution);
    this.#open += 1;
    const stop = new AbortController();
    this.#stops.set(execution, stop);
    this.#run(machine, execution, { signal: stop.signal, onEnded: () => (this.#open -= 1) });
    return execution;
  }

  /**
   * Starts an execution that somebody waits for, as `StartSyncExecution` does: of an Express state machine alone, and at most once.
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
   */
  startSync(request: StartRequest): StartedExecution {
    const { machine, name, input } = this.#read(request);
    if (machine.type === "EXPRESS") return this.#startExpress(machine, { name, input, runs: 1 });
    throw refused("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
  }

  /** The result of an execution, once it has ended. */
  async whenEnded(execution: StartedExecution): Promise<ExecutionResult> {
    return this.#ends.get(execution) as Promise<ExecutionResult>;
  }

  /** Ends a Standard execution with status ABORTED. An Express one can't be stopped. */
  stop(execution: StartedExecution, cause: string): void {
    this.#stops.get(execution)?.abort(cause);
  }

  /** The type of a state machine; undefined for one that doesn't exist. */
  typeOf(stateMachineArn: string): StateMachineType | undefined {
    const machine = this.#machines.get(stateMachineArn);
    return machine && (machine.type ?? "STANDARD");
  }

  /** The executions of Standard state machines whose names are taken, in the order of their starts. */
  get executions(): StartedExecution[] {
    return [...this.#named.values()].filter((execution) => this.#isTaken(execution));
  }

  /** Resolves once nothing runs. Rejects with the first error of the interpreter or a handler that is no failure of a state. */
  async whenIdle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  #isTaken({ ended }: StartedExecution): boolean {
    return ended === undefined || this.options.clock.now() - ended < NAME_TAKEN_MS;
  }

  #read(request: StartRequest): { machine: DeployedStateMachine; name: string; text: string; input: Json } {
    const machine = this.#machines.get(request.stateMachineArn);
    if (!machine)
      throw refused("StateMachineDoesNotExist", `State Machine Does Not Exist: '${request.stateMachineArn}'`);
    const { name = randomUUID(), input: text = "{}" } = request;
    if (!isAcceptedName(name)) throw refused("InvalidName", `Invalid Name: '${name}'`);
    return { machine, name, text, input: readInput(text) };
  }

  #startExpress(
    machine: DeployedStateMachine,
    { name, input, runs: count }: { name: string; input: Json; runs: number },
  ): StartedExecution {
    const arn = executionArn(machine, name);
    const started = this.options.clock.now();
    const runs = Array.from({ length: count }, (): StartedExecution => ({
      ...{ arn, name, stateMachineArn: machine.arn, input, started },
    }));
    for (const run of runs) this.#run(machine, run);
    return runs[0] as StartedExecution;
  }

  #run(
    machine: DeployedStateMachine,
    execution: StartedExecution,
    { signal, onEnded = () => undefined }: { signal?: AbortSignal; onEnded?: () => void } = {},
  ): void {
    const { clock, random, onEvent } = this.options;
    const { definition, handlers, evaluator, ...stateMachine } = machine;
    const { name, arn } = execution;
    const end = executeChecked(definition, execution.input, {
      ...{ handlers, clock, stateMachine, evaluator, name, arn, random },
      ...(signal ? { signal } : {}),
      ...(onEvent ? { onEvent: (event: StateMachineEvent) => onEvent(event, execution) } : {}),
    }).then((result) => {
      Object.assign(execution, { result, ended: clock.now() });
      onEnded();
      return result;
    });
    this.#ends.set(execution, end);
    const run = end.catch((error: unknown) => this.#failures.push(error));
    this.#running.add(run);
    void run.then(() => this.#running.delete(run));
  }
}

function readInput(text: string): Json {
  const bytes = Buffer.byteLength(text);
  if (bytes > PAYLOAD_QUOTA) {
    throw refused("InvalidExecutionInput", `The input has ${bytes} bytes. At most ${PAYLOAD_QUOTA} are allowed.`);
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw refused("InvalidExecutionInput", `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

/** Step Functions adds the suffix to the names of its own API's errors. */
function refused(error: string, cause: string): StatesError {
  return new StatesError(`StepFunctions.${error}Exception`, cause);
}
