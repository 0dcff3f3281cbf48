import { everyState, type State, type StateMachineDefinition, type SubMachine } from "../contract/asl";
import { readDeployment } from "../runner/synthesis/deployment";
import type { Synthesis } from "../runner/synthesis/synthesis";

/**
 * The parsed definition of a state machine.
 *
 * @param stateMachine Resource name or physical name, required if the program has several.
 */
export function definitionOf(synthesis: Synthesis, stateMachine?: string): StateMachineDefinition {
  const { definition } = readDeployment(synthesis, stateMachine === undefined ? {} : { stateMachine }).stateMachine;
  return definition as StateMachineDefinition;
}

/** Every state with its name, including those inside Parallel and Map states. */
export function statesOf(definition: SubMachine): [name: string, state: State][] {
  return everyState(definition).map(({ name, state }) => [name, state]);
}

/** The state with that name, at any depth. Names are unique in a state machine. */
export function stateNamed(definition: SubMachine, name: string): State {
  const states = statesOf(definition);
  const found = states.find(([candidate]) => candidate === name);
  if (found) return found[1];
  throw new Error(
    `There is no state ${name}. The definition has: ${states.map(([candidate]) => candidate).join(", ")}.`,
  );
}
