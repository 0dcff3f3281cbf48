import type { Template } from "../asl/states";
import { type Code, expression, literal } from "../jsonata/code";
import { EXECUTION_INPUT, inputKeeping, keptOrInitial } from "../jsonata/redrive";
import { VARIABLES } from "../jsonata/variables";
import { remakes } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";

/** A variable that an execution keeps when it begins again. */
type KeptVariable = "approvedPlan" | "remade";

/** The variables that are kept, with their initial values. */
function keptVariables(settings: WorkflowSettings): [KeptVariable, initial: Code][] {
  return [
    ...(settings.approval ? [["approvedPlan", literal("")] as [KeptVariable, Code]] : []),
    ...(remakes(settings) ? [["remade", "false"] as [KeptVariable, Code]] : []),
  ];
}

/** The input with which the first step begins: the execution's own, or what its event was read as. */
function givenInput({ eventMapping }: WorkflowSettings): Code {
  return eventMapping ? VARIABLES.given : EXECUTION_INPUT;
}

/** What the first step assigns to them: a state can't read a variable that nothing has assigned yet. */
export function keptAssignments(settings: WorkflowSettings): Record<string, Template> {
  return Object.fromEntries(
    keptVariables(settings).map(([name, initial]) => [
      name,
      expression(keptOrInitial(name, initial, givenInput(settings))),
    ]),
  );
}

/** The input of the first step when the execution begins there again. */
export function inputAgain(settings: WorkflowSettings, changed: Partial<Record<KeptVariable, Code>>): Template {
  const kept = keptVariables(settings).map(([name]) => [name, changed[name] ?? VARIABLES[name]]);
  return expression(inputKeeping(Object.fromEntries(kept) as Record<string, Code>, givenInput(settings)));
}
