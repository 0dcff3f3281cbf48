import type { Statement } from "./statements";
import type { Branch, States, TaskState } from "./states";

/** What a builder returns: states, and the permissions that they need, so that the two can't drift apart. */
export interface BuiltStates {
  states: States;
  statements: Statement[];
}

/** A task before it has a name. */
export interface BuiltTask {
  state: TaskState;
  statements: Statement[];
}

export interface BuiltBranch {
  branch: Branch;
  statements: Statement[];
}
