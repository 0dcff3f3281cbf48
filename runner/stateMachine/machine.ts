import { randomUUID } from "node:crypto";

import type { Clock } from "../clock";
import type { Catcher, Json, JsonObject, State, SubMachine } from "../../contract/asl";
import { waitsForAnswer } from "../../contract/serviceCalls";
import { covers, StatesError } from "./errors";
import type { StateMachineEvent, StateVisit } from "../../contract/events";
import type { Evaluator } from "./expressions";
import type { Place } from "./position";
import { PAYLOAD_QUOTA } from "./quotas";
import { RetryCounter } from "./retry";
import { perform } from "./states";
import type { TaskHandlers } from "./task";

/** What one execution shares. */
export interface Execution {
  clock: Clock;
  random: () => number;
  evaluator: Evaluator;
  handlers: TaskHandlers;
  emit: (event: StateMachineEvent) => void;
  /** The context object's `Execution` and `StateMachine`. */
  context: JsonObject;
  /** Numbers the visits. */
  visits: number;
}

/** What one run of a machine or a branch has of its own. */
export interface Frame {
  place: Place;
  signal: AbortSignal;
  path: string[];
  /** The context object's `Map`, inside a Map. */
  item?: JsonObject;
}

/** What a state hands to the next. */
export interface Step {
  output: Json;
  assign: JsonObject;
  next?: string;
}

/** One visit of a state, and what its expressions may read. */
export interface Visit extends StateVisit {
  input: Json;
  frame: Frame;
  evaluate(template: Json, field: string, extra?: JsonObject): Promise<Json>;
}

/** Runs the states of a machine, from its first or from where it stood, to an end, and returns the last output. */
export async function runMachine(execution: Execution, machine: SubMachine, input: Json, frame: Frame): Promise<Json> {
  const { place } = frame;
  let name: string | undefined = place.state ?? machine.StartAt;
  let value = place.state === undefined ? input : place.input;
  while (name !== undefined) {
    place.enter(name, value);
    const step: Step = await visitState(execution, name, machine.States[name] as State, value, frame);
    place.branches = undefined;
    value = step.output;
    name = step.next;
  }
  return value;
}

async function visitState(execution: Execution, name: string, state: State, input: Json, frame: Frame): Promise<Step> {
  const { clock, emit } = execution;
  const retries = new RetryCounter(("Retry" in state ? state.Retry : undefined) ?? [], execution.random);
  const identity: StateVisit = { id: ++execution.visits, state: name, type: state.Type, path: frame.path };
  const visit = visitOf(execution, state, identity, input, frame, retries);
  emit({ type: "stateEntered", time: clock.now(), visit: identity, input });
  for (;;) {
    try {
      frame.signal.throwIfAborted();
      const step = await perform(execution, state, visit);
      finish(step, visit);
      emit({ type: "stateExited", time: clock.now(), visit: identity, outcome: "succeeded", ...outcomeOf(step) });
      return step;
    } catch (error) {
      if (frame.signal.aborted || !(error instanceof StatesError)) {
        emit({ type: "stateExited", time: clock.now(), visit: identity, outcome: "cancelled" });
        throw frame.signal.aborted ? frame.signal.reason : error;
      }
      // Results that are too large together would be so again: a redrive runs all branches anew.
      if (error.error === "States.DataLimitExceeded") frame.place.branches = undefined;
      const delaySeconds = retries.delayAfter(error.error);
      if (delaySeconds === undefined) return await caught(execution, state, visit, identity, error);
      frame.place.branches = undefined;
      emit({ type: "stateRetried", time: clock.now(), visit: identity, ...reportOf(error), delaySeconds });
      await clock.sleep(delaySeconds * 1000, frame.signal).catch(() => undefined);
    }
  }
}

/** Hands an error to the first catcher that covers it; without one it fails the machine. */
async function caught(
  execution: Execution,
  state: State,
  visit: Visit,
  identity: StateVisit,
  error: StatesError,
): Promise<Step> {
  const { clock, emit } = execution;
  const catchers: Catcher[] = ("Catch" in state ? state.Catch : undefined) ?? [];
  const catcher = catchers.find((candidate) => covers(candidate.ErrorEquals, error.error));
  let failure = error;
  if (catcher) {
    const field = `Catch[${catchers.indexOf(catcher)}]`;
    const extra = { errorOutput: error.output };
    try {
      const step: Step = {
        output:
          catcher.Output === undefined ? error.output : await visit.evaluate(catcher.Output, `${field}/Output`, extra),
        assign: (await visit.evaluate(catcher.Assign ?? {}, `${field}/Assign`, extra)) as JsonObject,
        next: catcher.Next,
      };
      finish(step, visit);
      const report = { ...outcomeOf(step), ...reportOf(error) };
      emit({ type: "stateExited", time: clock.now(), visit: identity, outcome: "caught", ...report });
      return step;
    } catch (catcherError) {
      if (!(catcherError instanceof StatesError)) throw catcherError;
      failure = catcherError;
    }
  }
  emit({ type: "stateExited", time: clock.now(), visit: identity, outcome: "failed", ...reportOf(failure) });
  throw failure;
}

function visitOf(
  execution: Execution,
  state: State,
  identity: StateVisit,
  input: Json,
  frame: Frame,
  retries: RetryCounter,
): Visit {
  const taskToken = state.Type === "Task" && waitsForAnswer(state.Resource) ? randomUUID() : undefined;
  const enteredTime = new Date(execution.clock.now()).toISOString();
  return {
    ...identity,
    input,
    frame,
    evaluate: (template, field, extra) =>
      execution.evaluator.evaluate(template, field, identity.state, {
        ...frame.place.variables.visible(),
        states: {
          input,
          context: {
            ...execution.context,
            ...(frame.item ? { Map: frame.item } : {}),
            ...(taskToken ? { Task: { Token: taskToken } } : {}),
            State: { Name: identity.state, EnteredTime: enteredTime, RetryCount: retries.total },
          },
          ...extra,
        },
      }),
  };
}

function finish(step: Step, visit: Visit): void {
  if (Buffer.byteLength(JSON.stringify(step.output)) > PAYLOAD_QUOTA) {
    throw new StatesError(
      "States.DataLimitExceeded",
      `The state '${visit.state}' returned a result with a size exceeding the maximum of ${PAYLOAD_QUOTA} bytes.`,
    );
  }
  visit.frame.place.variables.assign(step.assign);
}

function outcomeOf(step: Step): { output: Json; next?: string } {
  return { output: step.output, ...(step.next === undefined ? {} : { next: step.next }) };
}

function reportOf({ error, cause }: StatesError): { error?: string; cause?: string } {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
