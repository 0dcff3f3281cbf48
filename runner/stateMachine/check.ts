import type { State, StateMachineDefinition } from "../../contract/asl";
import { expressProblem, type StateMachineType } from "./express";
import { FIELDS } from "./fields";
import { expressionIn, syntaxError } from "./expressions";
import { MAX_SECONDS } from "./quotas";
import { unreachableStates } from "./reachability";
import type { TaskHandlers } from "./task";

/** @see https://states-language.net/#states-fields */
const LONGEST_NAME = 80;

/** A definition with something that the interpreter does not support. `problems` has a sentence for each finding. */
export class UnsupportedDefinition extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The state machine cannot run here:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.name = "UnsupportedDefinition";
  }
}

type Fields = Record<string, unknown>;

/**
 * Refuses everything that the interpreter doesn't do, and what Step Functions refuses in a state machine of this type, with the state
 * and the field, before anything runs. What passes has the shapes of `contract/asl.ts`.
 */
export function checkDefinition(
  definition: unknown,
  handlers: TaskHandlers,
  type: StateMachineType = "STANDARD",
): StateMachineDefinition {
  const problems: string[] = [];
  if (!isObject(definition)) throw new UnsupportedDefinition(["The definition must be a JSON object."]);
  refuseUnknown("The state machine", definition, FIELDS.StateMachine, problems);
  const check = new Check(problems, handlers, type, definition["QueryLanguage"]);
  checkMachine(check, "The state machine", definition);
  const timeout = definition["TimeoutSeconds"];
  if (timeout !== undefined && !(isWhole(timeout, 1) && (timeout as number) <= MAX_SECONDS)) {
    const range = `from 1 to ${MAX_SECONDS.toLocaleString("en-US")}`;
    problems.push(`The state machine: TimeoutSeconds must be a whole number ${range}. Received ${show(timeout)}.`);
  }
  if (problems.length > 0) throw new UnsupportedDefinition(problems);
  const checked = definition as unknown as StateMachineDefinition;
  const unreachable = unreachableStates(checked);
  if (unreachable.length === 0) return checked;
  throw new UnsupportedDefinition(
    unreachable.map((name) => `State '${name}': no state leads here. Step Functions refuses such a definition.`),
  );
}

class Check {
  readonly names = new Set<string>();

  constructor(
    readonly problems: string[],
    readonly handlers: TaskHandlers,
    readonly type: StateMachineType,
    readonly queryLanguage: unknown,
  ) {}
}

function checkMachine(check: Check, where: string, machine: Fields): void {
  const { problems, names } = check;
  const states = machine["States"];
  if (!isObject(states) || Object.keys(states).length === 0) {
    problems.push(`${where}: States must be an object with at least one state.`);
    return;
  }
  checkTarget({ where, states, problems }, "StartAt", machine["StartAt"]);
  for (const [name, state] of Object.entries(states)) {
    if (names.has(name)) problems.push(`State '${name}': the name is used twice. Names are unique in a state machine.`);
    names.add(name);
    const { length } = [...name];
    if (length > LONGEST_NAME) {
      problems.push(`State '${name}': the name has ${length} characters. Step Functions allows ${LONGEST_NAME}.`);
    }
    if (isObject(state)) checkState(check, name, state, states);
    else problems.push(`State '${name}': a state must be an object. Received ${show(state)}.`);
  }
}

function checkState(check: Check, name: string, state: Fields, siblings: Fields): void {
  const { problems } = check;
  const where = `State '${name}'`;
  const language = state["QueryLanguage"] ?? check.queryLanguage ?? "JSONPath";
  if (language !== "JSONata") {
    problems.push(`${where}: QueryLanguage is ${show(language)}. Only "JSONata" runs here.`);
    return;
  }
  const type = state["Type"];
  if (typeof type !== "string" || !Object.hasOwn(FIELDS.State, type)) {
    problems.push(`${where}: Type must be one of ${Object.keys(FIELDS.State).join(", ")}. Received ${show(type)}.`);
    return;
  }
  refuseUnknown(where, state, FIELDS.State[type as State["Type"]], problems);
  checkExpressions(where, "", withoutMachines(state), problems);
  checkTransitions(where, state, siblings, problems);
  checkErrorHandling(where, state, siblings, problems);
  const refused = check.type === "EXPRESS" ? expressProblem(state as unknown as State) : undefined;
  if (refused !== undefined) problems.push(`${where}: ${refused}`);
  else if (type === "Task") checkTask(check, where, state);
  else if (type === "Parallel") checkParallel(check, where, state);
  else if (type === "Map") checkMap(check, where, state);
  if (type === "Choice") checkChoice(where, state, siblings, problems);
  if (type === "Wait" && (state["Seconds"] === undefined) === (state["Timestamp"] === undefined)) {
    problems.push(`${where}: a Wait state needs either Seconds or Timestamp.`);
  }
}

function checkTask({ handlers, problems }: Check, where: string, state: Fields): void {
  const resource = state["Resource"];
  const handler = typeof resource === "string" && Object.hasOwn(handlers, resource) ? handlers[resource] : undefined;
  if (!handler) {
    problems.push(
      `${where}: Resource ${show(resource)} does not run here. These do: ${Object.keys(handlers).join(", ")}.`,
    );
  } else if (isObject(state["Arguments"])) {
    refuseUnknown(`${where}, Arguments`, state["Arguments"], handler.fields, problems);
  }
}

function checkParallel(check: Check, where: string, state: Fields): void {
  const branches = state["Branches"];
  if (!Array.isArray(branches) || branches.length === 0) {
    check.problems.push(`${where}: Branches must be an array with at least one branch.`);
    return;
  }
  for (const [index, branch] of branches.entries()) checkInner(check, `${where}, Branches[${index}]`, branch);
}

function checkMap(check: Check, where: string, state: Fields): void {
  const processor = state["ItemProcessor"];
  const mode = isObject(processor) && isObject(processor["ProcessorConfig"]) && processor["ProcessorConfig"]["Mode"];
  if (mode !== false && mode !== undefined && mode !== "INLINE") {
    check.problems.push(`${where}: ItemProcessor/ProcessorConfig/Mode is ${show(mode)}. Only "INLINE" runs here.`);
    return;
  }
  checkInner(check, `${where}, ItemProcessor`, processor);
}

function checkInner(check: Check, where: string, machine: unknown): void {
  if (!isObject(machine)) {
    check.problems.push(`${where}: must be an object with StartAt and States.`);
    return;
  }
  refuseUnknown(where, machine, FIELDS.SubMachine, check.problems);
  checkMachine(check, where, machine);
}

function checkChoice(where: string, state: Fields, siblings: Fields, problems: string[]): void {
  const rules = state["Choices"];
  if (!Array.isArray(rules) || rules.length === 0) {
    problems.push(`${where}: Choices must be an array with at least one rule.`);
    return;
  }
  for (const [index, rule] of rules.entries()) {
    const inner = `${where}, Choices[${index}]`;
    if (!isObject(rule)) {
      problems.push(`${inner}: must be an object.`);
      continue;
    }
    refuseUnknown(inner, rule, FIELDS.ChoiceRule, problems);
    checkTarget({ where: inner, states: siblings, problems }, "Next", rule["Next"]);
    const condition = rule["Condition"];
    if (typeof condition !== "boolean" && !(typeof condition === "string" && expressionIn(condition) !== undefined)) {
      problems.push(`${inner}: Condition must be a "{% … %}" expression. Received ${show(condition)}.`);
    }
  }
  if (state["Default"] !== undefined) checkTarget({ where, states: siblings, problems }, "Default", state["Default"]);
}

function checkTransitions(where: string, state: Fields, siblings: Fields, problems: string[]): void {
  if (["Choice", "Succeed", "Fail"].includes(state["Type"] as string)) return;
  const { Next, End } = state;
  if ((Next === undefined) === (End === undefined)) {
    problems.push(`${where}: needs either Next or "End": true.`);
  } else if (Next !== undefined) {
    checkTarget({ where, states: siblings, problems }, "Next", Next);
  } else if (End !== true) {
    problems.push(`${where}: End must be true. Received ${show(End)}.`);
  }
}

function checkErrorHandling(where: string, state: Fields, siblings: Fields, problems: string[]): void {
  for (const field of ["Retry", "Catch"] as const) {
    const rules = state[field];
    if (rules === undefined) continue;
    if (!Array.isArray(rules)) {
      problems.push(`${where}: ${field} must be an array.`);
      continue;
    }
    for (const [index, rule] of rules.entries()) {
      const inner = `${where}, ${field}[${index}]`;
      if (!isObject(rule)) {
        problems.push(`${inner}: must be an object.`);
        continue;
      }
      refuseUnknown(inner, rule, FIELDS[field], problems);
      checkErrorEquals(inner, rule["ErrorEquals"], index === rules.length - 1, problems);
      if (field === "Retry") checkRetryNumbers(inner, rule, problems);
      if (field === "Catch") checkTarget({ where: inner, states: siblings, problems }, "Next", rule["Next"]);
    }
  }
}

function checkRetryNumbers(where: string, retrier: Fields, problems: string[]): void {
  const {
    IntervalSeconds = 1,
    MaxAttempts = 3,
    BackoffRate = 2,
    MaxDelaySeconds = 1,
    JitterStrategy = "NONE",
  } = retrier;
  const rules: [string, unknown, boolean, string][] = [
    ["IntervalSeconds", IntervalSeconds, isWhole(IntervalSeconds, 1), "a whole number from 1"],
    ["MaxAttempts", MaxAttempts, isWhole(MaxAttempts, 0), "a whole number from 0"],
    ["BackoffRate", BackoffRate, typeof BackoffRate === "number" && BackoffRate >= 1, "a number from 1"],
    ["MaxDelaySeconds", MaxDelaySeconds, isWhole(MaxDelaySeconds, 1), "a whole number from 1"],
    ["JitterStrategy", JitterStrategy, JitterStrategy === "FULL" || JitterStrategy === "NONE", '"FULL" or "NONE"'],
  ];
  for (const [field, value, holds, rule] of rules) {
    if (!holds) problems.push(`${where}: ${field} must be ${rule}. Received ${show(value)}.`);
  }
}

function checkErrorEquals(where: string, names: unknown, last: boolean, problems: string[]): void {
  if (!Array.isArray(names) || names.length === 0 || !names.every((name) => typeof name === "string")) {
    problems.push(`${where}: ErrorEquals must be an array of error names. Received ${show(names)}.`);
  } else if (names.includes("States.ALL") && (names.length > 1 || !last)) {
    problems.push(`${where}: "States.ALL" must stand alone in ErrorEquals, and in the last rule.`);
  }
}

/** The object that names a state, and the states of its machine. */
interface Transitioning {
  where: string;
  states: Fields;
  problems: string[];
}

function checkTarget({ where, states, problems }: Transitioning, field: string, target: unknown): void {
  if (typeof target === "string" && Object.hasOwn(states, target)) return;
  problems.push(`${where}: ${field} must name a state of the same machine. Received ${show(target)}.`);
}

function checkExpressions(where: string, path: string, value: unknown, problems: string[]): void {
  if (typeof value === "string") {
    const source = expressionIn(value);
    const error = source === undefined ? undefined : syntaxError(source);
    if (error) problems.push(`${where}: the expression in ${path} cannot be parsed. ${error}`);
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) checkExpressions(where, `${path}[${index}]`, entry, problems);
  } else if (isObject(value)) {
    for (const [key, entry] of Object.entries(value)) {
      checkExpressions(where, path ? `${path}/${key}` : key, entry, problems);
    }
  }
}

function withoutMachines(state: Fields): Fields {
  return { ...state, Branches: undefined, ItemProcessor: undefined };
}

function refuseUnknown(where: string, object: Fields, known: readonly string[], problems: string[]): void {
  for (const field of Object.keys(object)) {
    if (!known.includes(field)) problems.push(`${where}: the field ${field} is not supported here.`);
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isInteger(value) && (value as number) >= least;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "nothing";
}
