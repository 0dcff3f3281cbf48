/**
 * The part of the Amazon States Language, in JSONata mode, that the component generates and the runner interprets.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A value whose strings may be `{% … %}` expressions. */
export type Template = Json;

/** A number, or a `{% … %}` expression that yields one. */
export type NumberOrExpression = number | string;

export interface StateMachineDefinition<S = State> extends SubMachine<S> {
  Comment?: string;
  QueryLanguage: "JSONata";
  TimeoutSeconds?: number;
}

/** A state machine, a branch of a Parallel, or what a Map does with each item. */
export interface SubMachine<S = State> {
  StartAt: string;
  States: Record<string, S>;
}

export type State =
  TaskState | ParallelState | MapState | ChoiceState | PassState | WaitState | SucceedState | FailState;

export interface Transition {
  Next?: string;
  End?: true;
}

interface Result {
  Output?: Template;
  Assign?: Record<string, Template>;
}

interface ErrorHandling {
  Retry?: Retrier[];
  Catch?: Catcher[];
}

export interface TaskState extends Transition, Result, ErrorHandling {
  Type: "Task";
  Resource: string;
  Arguments?: Template;
  TimeoutSeconds?: NumberOrExpression;
}

export interface ParallelState extends Transition, Result, ErrorHandling {
  Type: "Parallel";
  Branches: SubMachine[];
  Arguments?: Template;
}

export interface MapState extends Transition, Result, ErrorHandling {
  Type: "Map";
  ItemProcessor: SubMachine;
  Items?: Template;
  ItemSelector?: Template;
  MaxConcurrency?: NumberOrExpression;
}

/** Its own `Output` and `Assign` belong to `Default`; each rule has its own. */
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
  Output?: Template;
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

/** A state of a definition, with its place in it. */
export interface LocatedState<S = State> {
  /** Unique in the whole definition. */
  name: string;
  state: S;
  /** The states around it, outermost first, each with the index of the branch that leads here. A Map has one branch. */
  path: { state: string; branch: number }[];
}

/**
 * Every state of a definition. The states inside a state follow it, branch by branch. Any JSON that Step Functions
 * accepts will do, in JSONPath too.
 */
export function everyState<S = State>(machine: SubMachine<S>, path: LocatedState["path"] = []): LocatedState<S>[] {
  return Object.entries(machine.States ?? {}).flatMap(([name, state]) => [
    { name, state, path },
    // The states inside are of the same type.
    ...(machinesIn(state as State) as SubMachine<S>[]).flatMap((inner, branch) =>
      everyState(inner, [...path, { state: name, branch }]),
    ),
  ]);
}

/**
 * The machines inside a state: the branches of a Parallel, the processor of a Map. Definitions from before 2022 call
 * the processor `Iterator`.
 */
export function machinesIn(state: State): SubMachine[] {
  if (state.Type === "Parallel") return state.Branches ?? [];
  if (state.Type !== "Map") return [];
  const { ItemProcessor, Iterator } = state as Partial<MapState> & { Iterator?: SubMachine };
  return [ItemProcessor ?? Iterator].filter((machine) => machine !== undefined);
}
