import { nearest } from "../../contract/nearest";
import { LONGEST_PATTERN } from "../rules/limits";
import { type Problem, problem, when } from "../rules/problem";
import { OPERATORS } from "./operators";

/** The most combinations of alternatives that EventBridge takes. */
const MAX_COMBINATIONS = 1000;

const NAMES = [...Object.keys(OPERATORS), "exists"];
/** EventBridge keeps them for itself as names of fields among alternatives. */
const RESERVED = [...NAMES, "exactly", "=", "<", "<=", ">", ">=", "regex"];

/** What EventBridge would refuse about a pattern. */
export function checkPattern(path: string, pattern: unknown): Problem[] {
  const problems = checkFields(path, pattern, false);
  if (problems.length > 0) return problems;
  const { length } = JSON.stringify(pattern);
  const combinations = combinationsOf(pattern);
  return [
    ...when(length > LONGEST_PATTERN, {
      path,
      rule: `must have at most ${LONGEST_PATTERN.toLocaleString("en-US")} characters as JSON, which is EventBridge's limit`,
      received: length,
      remedy: "Compare fewer fields, or beginnings with prefix.",
    }),
    ...when(combinations > MAX_COMBINATIONS, {
      path,
      rule: `must have at most ${MAX_COMBINATIONS.toLocaleString("en-US")} combinations of the alternatives in $or`,
      received: combinations,
      remedy: "Use fewer alternatives, or more values in one list.",
    }),
  ];
}

function checkFields(path: string, pattern: unknown, isAlternative: boolean): Problem[] {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    const remedy = 'Name a field, for example {"source": ["my.uploads"]}.';
    return [problem({ path, rule: "must be an object with at least one field", received: pattern, remedy })];
  }
  return Object.entries(pattern).flatMap(([name, wanted]) => {
    const at = memberPath(path, name);
    if (name === "$or") return checkAlternatives(at, wanted);
    if (isAlternative && RESERVED.includes(name)) {
      const remedy =
        "EventBridge reserves the names of its operators there. Put the operator into the list of a field.";
      return [
        problem({ path: at, rule: "must not be a field among the alternatives of $or", received: wanted, remedy }),
      ];
    }
    if (Array.isArray(wanted)) return checkMatchers(at, wanted);
    if (isObject(wanted)) return checkFields(at, wanted, isAlternative);
    const remedy = "Put the value in square brackets.";
    return [problem({ path: at, rule: "must be a list of values, or an object of fields", received: wanted, remedy })];
  });
}

function checkAlternatives(path: string, wanted: unknown): Problem[] {
  if (Array.isArray(wanted) && wanted.length >= 2) {
    return wanted.flatMap((alternative, index) => checkFields(`${path}[${index}]`, alternative, true));
  }
  const remedy = "Each is an object of fields, like the pattern itself.";
  return [problem({ path, rule: "must be a list of two or more alternatives", received: wanted, remedy })];
}

function checkMatchers(path: string, matchers: unknown[]): Problem[] {
  if (matchers.length === 0) {
    const remedy = 'For any value, use {"exists": true}.';
    return [problem({ path, rule: "must have at least one value", received: matchers, remedy })];
  }
  return matchers.flatMap((matcher, index) => checkMatcher(`${path}[${index}]`, matcher));
}

function checkMatcher(path: string, matcher: unknown): Problem[] {
  if (Array.isArray(matcher)) {
    const remedy = "One list is enough: EventBridge compares with each of its values.";
    return [problem({ path, rule: "must be a value, not a list", received: matcher, remedy })];
  }
  if (!isObject(matcher)) return [];
  const [name, ...more] = Object.keys(matcher);
  if (name === undefined || more.length > 0) {
    const remedy = "Put several into the list, of which one has to match.";
    return [problem({ path, rule: "must have exactly one operator", received: matcher, remedy })];
  }
  return checkOperator(path, name, matcher[name]);
}

function checkOperator(path: string, name: string, operand: unknown): Problem[] {
  const at = memberPath(path, name);
  if (name === "exists") {
    const remedy = 'Use {"exists": true} or {"exists": false}.';
    return when(typeof operand !== "boolean", { path: at, rule: "must be true or false", received: operand, remedy });
  }
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator === undefined) {
    const meant = nearest(name, NAMES);
    const remedy = meant === undefined ? `EventBridge has ${NAMES.join(", ")}.` : `Did you mean ${meant}?`;
    return [problem({ path: at, rule: "must be an operator of EventBridge", received: name, remedy })];
  }
  const remedy = `Write, for example, ${operator.example}.`;
  return when(!operator.accepts(operand), { path: at, rule: operator.rule, received: operand, remedy });
}

/** Every alternative of one `$or` is combined with every one of another. */
function combinationsOf(pattern: unknown): number {
  if (!isObject(pattern)) return 1;
  return Object.entries(pattern).reduce(
    (product, [name, wanted]) =>
      product *
      (name === "$or"
        ? (wanted as unknown[]).map(combinationsOf).reduce((sum, each) => sum + each, 0)
        : combinationsOf(wanted)),
    1,
  );
}

function memberPath(path: string, name: string): string {
  return /^[\w-]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
