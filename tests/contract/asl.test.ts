import assert from "node:assert/strict";

import { everyState, type State, type SubMachine } from "../../contract/asl";

const machine = (...states: [string, unknown][]): SubMachine =>
  ({ StartAt: states[0]![0], States: Object.fromEntries(states) }) as SubMachine;
const pass = (name: string): SubMachine => machine([name, { Type: "Pass", End: true }]);

describe("the walk over a definition", () => {
  it("names every state with the branches that lead to it, in the order of the definition", () => {
    const definition = machine(
      ["A", { Type: "Parallel", Branches: [pass("B"), machine(["C", { Type: "Parallel", Branches: [pass("D")] }])] }],
      ["E", { Type: "Map", ItemProcessor: pass("F") }],
      ["G", { Type: "Succeed" }],
    );
    assert.deepEqual(
      everyState(definition).map(({ name, path }) => [...path.map(({ state, branch }) => `${state}[${branch}]`), name]),
      [["A"], ["A[0]", "B"], ["A[1]", "C"], ["A[1]", "C[0]", "D"], ["E"], ["E[0]", "F"], ["G"]],
    );
  });

  it("gives the states themselves", () => {
    const { States } = pass("A");
    assert.equal(everyState({ StartAt: "A", States })[0]!.state, States["A"]);
  });

  it("enters the iterator of an old Map", () => {
    const definition = machine(["A", { Type: "Map", Iterator: pass("B") }]);
    assert.deepEqual(
      everyState(definition).map(({ name }) => name),
      ["A", "B"],
    );
  });

  it("needs no more than a type of each state: whether the rest is right is checked elsewhere", () => {
    const states: Partial<State>[] = [{ Type: "Parallel" }, { Type: "Map" }, { Type: "Task" }];
    assert.equal(
      everyState(machine(...states.map((state, index): [string, unknown] => [`${index}`, state]))).length,
      3,
    );
    assert.deepEqual(everyState({} as SubMachine), []);
  });
});
