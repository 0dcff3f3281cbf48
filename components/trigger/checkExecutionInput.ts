import { type Problem, problem } from "../rules/problem";
import { evaluateNow, parseNow } from "./evaluateNow";

/** The cause of an error has the expression in it, and 2,000 characters altogether. */
const MAX_LENGTH = 1000;

/** The path of the argument. */
export const EXECUTION_INPUT = "trigger.events.executionInput";

/** What Step Functions would refuse of the user's expression, which becomes part of one of the workflow's. */
export function checkExecutionInput(code: string | undefined): Problem[] {
  if (code === undefined) return [];
  const path = EXECUTION_INPUT;
  if (code.length > MAX_LENGTH) {
    const rule = `must have at most ${MAX_LENGTH.toLocaleString("en-US")} characters`;
    const remedy = "Send events whose detail is closer to an execution's input.";
    return [problem({ path, rule, received: code.length, remedy })];
  }
  const { value: tree, error } = parseNow(code);
  if (error !== undefined) {
    const remedy = `JSONata says: ${error}.`;
    return [problem({ path, rule: "must be a JSONata expression", received: code, remedy })];
  }
  return unknownNames(tree).map((name) =>
    problem({
      path,
      rule: "must read only the event, its own variables, and functions that Step Functions has",
      received: `$${name}`,
      remedy:
        name === "$"
          ? "Names without $ are those of the event."
          : "Step Functions refuses a name that it doesn't know.",
    }),
  );
}

/** The variables and functions that an expression reads, and neither defines nor finds in Step Functions. */
function unknownNames(tree: unknown): string[] {
  const [read, defined] = [new Set<string>(), new Set(["", "states"])];
  collectNames(tree, read, defined);
  const free = [...read].filter((name) => !defined.has(name));
  return free.filter((name) => name === "$" || evaluateNow(`$exists($${name})`, {}).value !== true);
}

interface Node {
  type?: string;
  value?: unknown;
  lhs?: Node;
  arguments?: Node[];
  focus?: unknown;
  index?: unknown;
}

function collectNames(tree: unknown, read: Set<string>, defined: Set<string>): void {
  if (typeof tree !== "object" || tree === null) return;
  const node = tree as Node;
  if (node.type === "variable" && typeof node.value === "string") read.add(node.value);
  const parameters = node.type === "lambda" ? (node.arguments ?? []).map(({ value }) => value) : [];
  const places = [node.focus, node.index, node.type === "index" ? node.value : undefined];
  const bound = node.type === "bind" ? [node.lhs?.value] : [];
  for (const name of [...parameters, ...places, ...bound]) if (typeof name === "string") defined.add(name);
  for (const member of Object.values(tree)) collectNames(member, read, defined);
}
