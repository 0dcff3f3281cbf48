import { randomUUID } from "node:crypto";

import type { Json, JsonObject, State, SubMachine } from "../../contract/asl";
import type { StateMachineEvent, StateVisit } from "../../contract/events";
import { waitsForAnswer } from "../../contract/serviceCalls";
import type { Clock } from "../clock/clock";
import type { Cursor } from "./cursor";
import type { Evaluator } from "./expressions";
import type { RetryCounter } from "./retry";
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
  cursor: Cursor;
  signal: AbortSignal;
  path: string[];
  /** The context object's `Map`, inside a Map. */
  item?: JsonObject;
}

/** Runs a machine inside a state to its end, and returns the last output. */
export type RunInner = (machine: SubMachine, input: Json, frame: Frame) => Promise<Json>;

/** What a state hands to the next. */
export interface Step {
  output: Json;
  assign: JsonObject;
  next?: string;
}

/** One visit of a state, and what its expressions may read. */
export interface Visit {
  /** As events report it. */
  identity: StateVisit;
  input: Json;
  frame: Frame;
  retries: RetryCounter;
  /** `extra` is what expressions read besides `$states.input` and `$states.context`: `{result}`, `{errorOutput}`. */
  evaluate(template: Json, field: string, extra?: JsonObject): Promise<Json>;
}

export function visitOf(
  execution: Execution,
  state: State,
  visit: Pick<Visit, "identity" | "input" | "frame" | "retries">,
): Visit {
  const { identity, input, frame, retries } = visit;
  const taskToken = state.Type === "Task" && waitsForAnswer(state.Resource) ? randomUUID() : undefined;
  const enteredTime = new Date(execution.clock.now()).toISOString();
  return {
    ...visit,
    evaluate: (template, field, extra) =>
      execution.evaluator.evaluate(template, field, identity.state, {
        ...frame.cursor.variables.visible(),
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
