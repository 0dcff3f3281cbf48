/**
 * The part of the Amazon States Language that is interpreted: JSONata mode, inline Map. `check.ts` guarantees that a
 * definition has these shapes before it runs.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A number, or a `{% … %}` expression that yields one. */
export type NumberOrExpression = number | string;

export interface StateMachineDefinition extends SubMachine {
  QueryLanguage: "JSONata";
  TimeoutSeconds?: number;
}

export interface SubMachine {
  StartAt: string;
  States: Record<string, State>;
}

export type State =
  TaskState | ParallelState | MapState | ChoiceState | PassState | WaitState | SucceedState | FailState;

interface Transition {
  Next?: string;
  End?: true;
}

interface Result {
  Output?: Json;
  Assign?: JsonObject;
}

interface ErrorHandling {
  Retry?: Retrier[];
  Catch?: Catcher[];
}

export interface TaskState extends Transition, Result, ErrorHandling {
  Type: "Task";
  Resource: string;
  Arguments?: Json;
  TimeoutSeconds?: NumberOrExpression;
}

export interface ParallelState extends Transition, Result, ErrorHandling {
  Type: "Parallel";
  Branches: SubMachine[];
  Arguments?: Json;
}

export interface MapState extends Transition, Result, ErrorHandling {
  Type: "Map";
  ItemProcessor: SubMachine;
  Items?: Json;
  ItemSelector?: Json;
  MaxConcurrency?: NumberOrExpression;
}

export interface ChoiceState extends Result {
  Type: "Choice";
  Choices: ChoiceRule[];
  Default?: string;
}

export interface ChoiceRule extends Result {
  Condition: boolean | string;
  Next: string;
}

export interface PassState extends Transition, Result {
  Type: "Pass";
}

export interface WaitState extends Transition, Result {
  Type: "Wait";
  Seconds?: NumberOrExpression;
  Timestamp?: string;
}

export interface SucceedState {
  Type: "Succeed";
  Output?: Json;
}

export interface FailState {
  Type: "Fail";
  Error?: string;
  Cause?: string;
}

export interface Retrier {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  MaxAttempts?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: "FULL" | "NONE";
}

export interface Catcher extends Result {
  ErrorEquals: string[];
  Next: string;
}
