import jsonata from "jsonata";

import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "./errors";
import { enforceLimits, withinLimits } from "./evaluationLimits";
import type { FunctionSources } from "./functions";
import { registerFunctions } from "./functions";

/** A string is an expression when it begins with `{%` and ends with `%}`, blanks included. */
export function expressionIn(value: string): string | undefined {
  return value.startsWith("{%") && value.endsWith("%}") && value.length >= 4 ? value.slice(2, -2).trim() : undefined;
}

/** Sources without a syntax error: tests check the same definition many times, and parse it once. */
const checkedSources = new Set<string>();

/** What is wrong with the syntax of an expression; undefined when nothing is. */
export function syntaxError(source: string): string | undefined {
  if (checkedSources.has(source)) return undefined;
  try {
    jsonata(source);
    checkedSources.add(source);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Evaluates the fields of states. Expressions are parsed once, however often their state runs. */
export class Evaluator {
  readonly #parsed = new Map<string, jsonata.Expression>();

  constructor(private readonly sources: FunctionSources) {}

  /** Replaces every expression inside a field's value. `field` is the path for error messages. */
  async evaluate(template: Json, field: string, state: string, bindings: JsonObject): Promise<Json> {
    if (typeof template === "string") {
      const source = expressionIn(template);
      return source === undefined ? template : this.#evaluateSource(source, field, state, bindings);
    }
    if (Array.isArray(template)) {
      const results: Json[] = [];
      for (const [index, entry] of template.entries()) {
        results.push(await this.evaluate(entry, `${field}[${index}]`, state, bindings));
      }
      return results;
    }
    if (typeof template === "object" && template !== null) {
      const result: JsonObject = {};
      for (const [key, entry] of Object.entries(template)) {
        result[key] = await this.evaluate(entry, `${field}/${key}`, state, bindings);
      }
      return result;
    }
    return template;
  }

  async #evaluateSource(source: string, field: string, state: string, bindings: JsonObject): Promise<Json> {
    let value: unknown;
    try {
      value = await this.#parse(source).evaluate(undefined, withinLimits(bindings));
    } catch (error) {
      throw evaluationError(state, source, field, `threw an error during evaluation. ${messageOf(error)}`);
    }
    if (value === undefined) throw evaluationError(state, source, field, "returned nothing (undefined).");
    if (isFunction(value)) throw evaluationError(state, source, field, "returned a function.");
    // Sequences carry properties of their own, and values may be shared with variables: JSON has neither.
    return JSON.parse(JSON.stringify(value)) as Json;
  }

  #parse(source: string): jsonata.Expression {
    let expression = this.#parsed.get(source);
    if (!expression) {
      expression = jsonata(source);
      enforceLimits(expression);
      registerFunctions(expression, this.sources);
      this.#parsed.set(source, expression);
    }
    return expression;
  }
}

/** The service words its errors like this, so a search for the message finds its documentation. */
function evaluationError(state: string, source: string, field: string, problem: string): StatesError {
  return new StatesError(
    "States.QueryEvaluationError",
    `An error occurred while executing the state '${state}'. ` +
      `The JSONata expression '${source}' specified for the field '${field}' ${problem}`,
  );
}

/** A field whose value has the wrong type after evaluation. */
export function typeError(state: string, field: string, rule: string, value: Json): StatesError {
  return new StatesError(
    "States.QueryEvaluationError",
    `An error occurred while executing the state '${state}'. ` +
      `The field '${field}' must be ${rule}. Received ${JSON.stringify(value)}.`,
  );
}

function isFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null) return false;
  return "_jsonata_lambda" in value || "_jsonata_function" in value;
}

/** JSONata throws plain objects with a code and a message. */
function messageOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  const text = message ?? String(error);
  return code ? `${code}: ${text}` : text;
}
