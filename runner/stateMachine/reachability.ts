import { machinesIn, type State, type SubMachine } from "../../contract/asl";

/**
 * The names of states that no path from `StartAt` leads to. Step Functions refuses definitions with them.
 * @see https://github.com/localstack/localstack/issues/11978 for its answer, MISSING_TRANSITION_TARGET
 */
export function unreachableStates({ StartAt, States }: SubMachine): string[] {
  const reached = new Set([StartAt]);
  // A set yields what is added while it is read.
  for (const name of reached) for (const target of targetsOf(States[name]!)) reached.add(target);
  return Object.entries(States).flatMap(([name, state]) => [
    ...(reached.has(name) ? [] : [name]),
    ...machinesIn(state).flatMap(unreachableStates),
  ]);
}

/** The fields of all types of states that name another one. */
interface Targets {
  Next?: string;
  Default?: string;
  Choices?: { Next: string }[];
  Catch?: { Next: string }[];
}

function targetsOf(state: State): string[] {
  const { Next, Default, Choices = [], Catch = [] } = state as Targets;
  return [Next, Default, ...[...Choices, ...Catch].map((rule) => rule.Next)].filter((name) => name !== undefined);
}
