import type * as asl from "../../../contract/asl";

/**
 * What the workflow is made of: the states of the language that are generated, each with all that this project never leaves
 * out. Tasks have a timeout, and retry and catch what they do on purpose; no output is the result itself, which would be
 * carried along.
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

/** The branch's end, or the name of the state after this one. */
export function transition(next: string | undefined): asl.Transition {
  return next === undefined ? { End: true } : { Next: next };
}
