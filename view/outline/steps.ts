import type { Outline, OutlinedState } from "./outline";

/** Types of states that do work. The other states only lead to them. */
const WORKING = new Set(["Task", "Parallel", "Map", "Wait"]);

/** Whether a state does work. One whose branches do none serves only the state machine. */
export function isStep(state: OutlinedState): boolean {
  const { type, branches } = state;
  if (!WORKING.has(type) || isBookkeeping(state)) return false;
  return branches.length === 0 || branches.some(({ states }) => states.some(isStep));
}

/** A call that catches errors without retries is only bookkeeping: nothing depends on it. */
function isBookkeeping({ service, waits, retries, transitions }: OutlinedState): boolean {
  return service !== undefined && !waits && retries === 0 && transitions.some(({ kind }) => kind === "catch");
}

/** The states that the execution of a level comes to if nothing fails. */
export function reachedWithoutFailure(machine: Outline): Set<string> {
  return reachedFrom(machine, machine.startAt, () => true);
}

/** A machine reduced to its steps: without choices, failures, retries, and ways back. */
export function stepsOnly(machine: Outline): Outline {
  const regular = reachedWithoutFailure(machine);
  const steps = machine.states.filter((state) => isStep(state) && regular.has(state.name));
  const names = steps.map(({ name }) => name);
  const isHidden = (name: string): boolean => !names.includes(name);
  /** The later steps that follow, over states that are none. */
  const following = (name: string): string[] => {
    const reached = reachedFrom(machine, name, (each) => each === name || isHidden(each));
    return names.slice(names.indexOf(name) + 1).filter((other) => reached.has(other));
  };
  const next = new Map(names.map((name) => [name, following(name)]));
  /** Whether a step also comes after another one, which is then the way to it. */
  const isFurther = (name: string, others: string[]): boolean =>
    others.some((other) => other !== name && comesAfter(next, other, name));
  return {
    startAt: names[0] ?? machine.startAt,
    states: steps.map((state): OutlinedState => {
      const targets = next.get(state.name)!.filter((name, _, all) => !isFurther(name, all));
      return {
        ...state,
        retries: 0,
        transitions: targets.map((to) => ({ to, kind: "next" })),
        ends: targets.length === 0,
        branches: state.branches.map(stepsOnly).filter(({ states }) => states.length > 0),
      };
    }),
  };
}

function comesAfter(next: ReadonlyMap<string, string[]>, from: string, to: string): boolean {
  return (next.get(from) ?? []).some((each) => each === to || comesAfter(next, each, to));
}

/** The states that are reached from one, itself included, without failures. `passes` says which of them lead on. */
function reachedFrom({ states }: Outline, from: string, passes: (name: string) => boolean): Set<string> {
  const reached = new Set([from]);
  // A set also visits what is added meanwhile.
  for (const name of reached) {
    if (!passes(name)) continue;
    const { transitions = [] } = states.find((state) => state.name === name) ?? {};
    for (const { to, kind } of transitions) if (kind !== "catch") reached.add(to);
  }
  return reached;
}
