import type * as asl from "../../../contract/asl";

/**
 * The states that the workflow consists of, stricter than the language: each task has a timeout, retriers and catchers,
 * and each state an output of its own, since the default would carry every result along.
 */
export interface StateMachineDefinition extends asl.StateMachineDefinition<State> {
  Comment: string;
  TimeoutSeconds: number;
}

export type State = TaskState | ParallelState | ChoiceState | SucceedState | FailState;
export type States = Branch["States"];
export type Branch = asl.SubMachine<State>;
export type Retrier = Required<asl.Retrier>;
export type { Catcher, ChoiceRule, Template } from "../../../contract/asl";

export interface TaskState extends asl.TaskState {
  Arguments: asl.Template;
  TimeoutSeconds: asl.NumberOrExpression;
  Retry: Retrier[];
  Catch: asl.Catcher[];
  Output: asl.Template;
}

export interface ParallelState extends asl.ParallelState {
  Branches: Branch[];
  Output: asl.Template;
}

export interface ChoiceState extends asl.ChoiceState {
  Default: string;
}

export type SucceedState = Required<asl.SucceedState>;
export type FailState = Required<asl.FailState>;

/** Names the next state, or ends the branch. */
export function transition(next: string | undefined): asl.Transition {
  return next === undefined ? { End: true } : { Next: next };
}
