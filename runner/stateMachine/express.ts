import { everyState, type State, type SubMachine } from "../../contract/asl";
import { callOf, waitsForAnswer, waitsForEnd } from "../../contract/serviceCalls";

/** How a state machine executes: durably and exactly once, or for minutes at most and at least once. */
export type StateMachineType = "STANDARD" | "EXPRESS";

/** The longest that an Express execution takes, in seconds. */
export const EXPRESS_SECONDS = 300;

/**
 * What Step Functions refuses about a state in an Express state machine, as a sentence; undefined for what it takes.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
 */
export function expressProblem(state: State): string | undefined {
  if (state.Type === "Map") return distributedProblem(state as unknown as Record<string, unknown>);
  const { Resource } = state as { Resource?: unknown };
  if (state.Type !== "Task" || typeof Resource !== "string") return undefined;
  const refused = (what: string, remedy: string): string =>
    `an Express state machine can't ${what}. Received Resource "${Resource}". ${remedy}, or make the state machine STANDARD.`;
  if (/^arn:[\w-]+:states:[\w-]+:\d*:activity:/.test(Resource)) return refused("use activities", "Call a service");
  const call = callOf(Resource)?.replace(/\..*$/, "");
  if (waitsForEnd(Resource)) return refused("wait for the end of what it starts", `Call ${call}`);
  if (waitsForAnswer(Resource)) return refused("wait for an answer", `Call ${call}`);
  return undefined;
}

function distributedProblem(state: Record<string, unknown>): string | undefined {
  const [mode] = ["ItemProcessor", "Iterator"].flatMap((field) => {
    const { ProcessorConfig } = (state[field] ?? {}) as { ProcessorConfig?: { Mode?: unknown } };
    return ProcessorConfig?.Mode ?? [];
  });
  if (mode !== "DISTRIBUTED") return undefined;
  return 'an Express state machine can\'t distribute a Map. Received Mode "DISTRIBUTED". Use "INLINE", or make the state machine STANDARD.';
}

/** Everything in a definition that Step Functions refuses in an Express state machine alone. */
export function expressProblems(definition: SubMachine): string[] {
  return everyState(definition).flatMap(({ name, state }) => {
    const problem = expressProblem(state);
    return problem === undefined ? [] : [`State '${name}': ${problem}`];
  });
}
