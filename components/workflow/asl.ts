/**
 * The parts of the Amazon States Language that the workflow uses, in JSONata mode.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export interface StateMachineDefinition {
  Comment: string;
  QueryLanguage: "JSONata";
  StartAt: string;
  TimeoutSeconds: number;
  States: States;
}

export type States = Record<string, State>;
export type State = TaskState | ParallelState | ChoiceState | SucceedState | FailState;

/** A value with JSONata expressions in its strings. */
export type Template = string | number | boolean | null | Template[] | { [key: string]: Template };

interface Transition {
  Next?: string;
  End?: true;
}

export interface TaskState extends Transition {
  Type: "Task";
  Resource: string;
  Arguments: Template;
  TimeoutSeconds: number | string;
  Retry: Retrier[];
  Catch: Catcher[];
  Assign?: Record<string, Template>;
  Output: Template;
}

export interface ParallelState extends Transition {
  Type: "Parallel";
  Branches: Branch[];
  Catch?: Catcher[];
  Assign?: Record<string, Template>;
  Output: Template;
}

export interface Branch {
  StartAt: string;
  States: States;
}

export interface ChoiceState {
  Type: "Choice";
  Choices: { Condition: string; Assign?: Record<string, Template>; Next: string }[];
  Default: string;
  /** Only on the way to `Default`. */
  Output?: Template;
}

export interface SucceedState {
  Type: "Succeed";
  Output: Template;
}

export interface FailState {
  Type: "Fail";
  Error: string;
  Cause: string;
}

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds: number;
  BackoffRate: number;
  MaxAttempts: number;
  MaxDelaySeconds: number;
  JitterStrategy: "FULL";
}

export interface Catcher {
  ErrorEquals: string[];
  Assign?: Record<string, Template>;
  Output?: Template;
  Next: string;
}

/** The branch's end, or the name of the state after this one. */
export function transition(next: string | undefined): Transition {
  return next === undefined ? { End: true } : { Next: next };
}
