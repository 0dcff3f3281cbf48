import type { Json, JsonObject } from "../../contract/asl";
import type { StateVisit } from "../../contract/events";

/** What a Task state calls, by its `Resource`. */
export interface TaskHandler {
  /** The supported arguments. Any other is refused before the execution starts. */
  fields: readonly string[];
  /**
   * Does the work. Fails with a `StatesError`. When the signal is aborted, it ends what it started and rejects only then:
   * the interpreter waits for it.
   */
  run(args: JsonObject, context: TaskContext): Promise<Json>;
}

export interface TaskContext {
  signal: AbortSignal;
  visit: StateVisit;
  /** ARNs of the execution and of its state machine. */
  execution: { id: string; stateMachine: string };
}

export type TaskHandlers = Readonly<Record<string, TaskHandler>>;
