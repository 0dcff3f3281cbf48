import type { Template } from "../../../contract/asl";

/**
 * JSONata source. All of it is made in this folder, by functions that document what their code reads and yields. The
 * other folders only compose it.
 * @see https://docs.jsonata.org/
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export type Code = string;

/** A string that Step Functions evaluates as JSONata. */
export function expression(code: Code): string {
  return `{% ${code} %}`;
}

/** Text as code. JSONata can't escape a single quote, so text that has one keeps the double quotes of JSON. */
export function literal(text: string): Code {
  const json = JSON.stringify(text);
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** A template as code: its expressions become part of the code, everything else literals. */
export function code(template: Template): Code {
  if (typeof template === "string") return /^{% (.*) %}$/s.exec(template)?.[1] ?? literal(template);
  if (Array.isArray(template)) return list(...template.map(code));
  if (typeof template !== "object" || template === null) return String(template);
  return object(Object.fromEntries(Object.entries(template).map(([key, value]) => [key, code(value)])));
}

/** Yields an array. An element without a value is left out, and an array's elements become elements of this one. */
export function list(...elements: Code[]): Code {
  return `[${elements.join(", ")}]`;
}

/** Yields an object. A member without a value is left out. */
export function object(members: Record<string, Code>): Code {
  const named = Object.entries(members).map(([name, value]) => `${literal(name)}: ${value}`);
  return `{${named.join(", ")}}`;
}

/** Evaluates statements one after the other, and yields the last one. */
export function block(...statements: Code[]): Code {
  return `(${statements.join(" ")})`;
}

/** A statement that binds a value to a name. If there is no value, the name has none either. */
export function bind(name: `$${string}`, value: Code): Code {
  return `${name} := ${value};`;
}

/**
 * Yields a value as text, and something else if it doesn't exist or is null: services leave out fields, or send null, where their
 * documentation promises text.
 */
export function textOr(value: Code, otherwise: Code): Code {
  const isOther = `$type(${value}) in ['number', 'boolean', 'object', 'array']`;
  return `$type(${value}) = 'string' ? ${value} : ${isOther} ? $string(${value}) : ${otherwise}`;
}

/** Yields a value if it exists, and something else if it doesn't. */
export function orElse(value: Code, otherwise: Code): Code {
  return `$exists(${value}) ? ${value} : ${otherwise}`;
}
