import { machinesIn, type State, type SubMachine } from "../../contract/asl";
import { serviceOf, waitsForAnswer } from "../../contract/serviceCalls";

/** A state machine's definition as a tree, with the properties that a picture or a progress display needs. */
export interface Outline {
  startAt: string;
  /** States in the order of the definition. */
  states: OutlinedState[];
}

export interface OutlinedState {
  /** Name, unique in the definition. */
  name: string;
  type: string;
  /** Name of its job's queue. */
  queue?: string;
  /** Service that a task without a job calls, for example `sns`. */
  service?: string;
  /** Whether it waits until somebody answers. */
  waits?: true;
  /** Maximum number of retries by the state machine itself. */
  retries: number;
  transitions: Transition[];
  /** Whether its branch, or the execution, ends after it. */
  ends: boolean;
  /** Branches of a Parallel, or the single branch of a Map. */
  branches: Outline[];
}

export interface Transition {
  to: string;
  kind: "next" | "choice" | "otherwise" | "catch";
  /** Condition of a choice. */
  condition?: string;
}

/** The fields that are read of any state. One that was written for JSONPath has others than those of `contract/asl.ts`. */
interface Fields {
  Resource?: string;
  Arguments?: unknown;
  Parameters?: unknown;
  Next?: string;
  End?: boolean;
  Default?: string;
  Choices?: { Condition?: string | boolean; Next: string }[];
  Retry?: { MaxAttempts?: number }[];
  Catch?: { Next: string }[];
}

/** Default of `MaxAttempts` in Step Functions. */
const DEFAULT_RETRIES = 3;

/** Reads a definition that Step Functions accepts. */
export function outline(definition: unknown): Outline {
  const { StartAt, States } = definition as SubMachine;
  return { startAt: StartAt, states: Object.entries(States).map(([name, state]) => outlineState(name, state)) };
}

/** Every state, with the states in branches after the state that contains them. */
export function everyState({ states }: Outline): OutlinedState[] {
  return states.flatMap((state) => [state, ...state.branches.flatMap(everyState)]);
}

/** The queues that jobs are submitted to, in order of first appearance. */
export function queuesOf(machine: Outline): string[] {
  return [...new Set(everyState(machine).flatMap(({ queue }) => queue ?? []))];
}

function outlineState(name: string, state: State): OutlinedState {
  const { Resource = "", Arguments, Parameters, Retry = [], End } = state as Fields;
  const queue = queueOf(Arguments ?? Parameters);
  const service = queue === undefined ? serviceOf(Resource) : undefined;
  return {
    name,
    type: state.Type,
    ...(queue === undefined ? {} : { queue }),
    ...(service === undefined ? {} : { service }),
    ...(waitsForAnswer(Resource) ? { waits: true } : {}),
    retries: Math.max(0, ...Retry.map(({ MaxAttempts = DEFAULT_RETRIES }) => MaxAttempts)),
    transitions: transitionsOf(state as Fields),
    ends: End === true || state.Type === "Succeed" || state.Type === "Fail",
    branches: machinesIn(state).map(outline),
  };
}

function transitionsOf({ Next, Choices = [], Default, Catch = [] }: Fields): Transition[] {
  const caught = [...new Set(Catch.map((catcher) => catcher.Next))];
  return [
    ...(Next === undefined ? [] : [{ to: Next, kind: "next" as const }]),
    ...Choices.map(({ Condition, Next: to }) => ({
      to,
      kind: "choice" as const,
      ...(Condition === undefined ? {} : { condition: String(Condition).replace(/^{%\s*|\s*%}$/g, "") }),
    })),
    ...(Default === undefined ? [] : [{ to: Default, kind: "otherwise" as const }]),
    ...caught.map((to) => ({ to, kind: "catch" as const })),
  ];
}

/** The arguments of a submit are an object or a JSONata expression. Both contain the queue's ARN literally. */
function queueOf(submitted: unknown): string | undefined {
  return /:job-queue\/([\w-]+)/.exec(JSON.stringify(submitted) ?? "")?.[1];
}
