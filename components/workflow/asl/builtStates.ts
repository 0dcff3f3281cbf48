import type { Statement } from "./statements";
import type { Branch, States, TaskState } from "./states";

/** A builder returns states together with the permissions that they need, so that the two can't drift apart. */
export interface BuiltStates {
  states: States;
  statements: Statement[];
}

/** A single task, to which the caller gives a name. */
export interface BuiltTask {
  state: TaskState;
  statements: Statement[];
}

export interface BuiltBranch {
  branch: Branch;
  statements: Statement[];
}
