import type { Template } from "../asl/states";

/** A string that Step Functions evaluates as JSONata. */
export function expression(code: string): string {
  return `{% ${code} %}`;
}

/** A JSONata literal. JSONata can't escape a single quote, so text that has one keeps the double quotes of JSON. */
export function literal(text: string): string {
  const json = JSON.stringify(text);
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** A template as JSONata code: its expressions become part of the code, everything else literals. */
export function code(template: Template): string {
  if (typeof template === "string") return /^{% (.*) %}$/s.exec(template)?.[1] ?? literal(template);
  if (Array.isArray(template)) return `[${template.map(code).join(", ")}]`;
  if (typeof template !== "object" || template === null) return String(template);
  const entries = Object.entries(template).map(([key, value]) => `${literal(key)}: ${code(value)}`);
  return `{${entries.join(", ")}}`;
}

/** Code of the URI of an object below the output. */
export function belowOutput(path: string): string {
  return `$output & ${literal(`/${path}`)}`;
}
