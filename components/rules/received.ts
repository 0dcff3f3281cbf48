/** How messages show the values that they refuse: nothing that could contain a secret, and nothing that is not known yet. */
import * as pulumi from "@pulumi/pulumi";

/** Logs must not show what is below these arguments. */
const CONFIDENTIAL = /\.(environment|secrets)[.[]|\.userData\b/;
/** At these arguments themselves, rules receive names of variables. */
const HOLDS_CONFIDENTIAL = /\.(environment|secrets)$/;

/** The value as JSON, or only what kind of value it is. */
export function describe(path: string, value: unknown): string {
  const confidential = CONFIDENTIAL.test(path) || (HOLDS_CONFIDENTIAL.test(path) && typeof value !== "string");
  if (confidential || value === undefined || isOpaque(value)) return kindOf(value);
  // JSON has no NaN and no infinity.
  return typeof value === "number" ? String(value) : JSON.stringify(printable(value));
}

/** Outputs and promises, which have a value only during the deployment. */
export function isUnknown(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || isPromise(value);
}

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (isPromise(value)) return "a promise";
  if (pulumi.Resource.isInstance(value)) return "a resource";
  if (Array.isArray(value)) return "a list";
  const kind = typeof value === "object" ? objectKind(value) : typeof value;
  return `${/^[aeio]/i.test(kind) ? "an" : "a"} ${kind}`;
}

/** The name of an object of JavaScript's own classes, such as Map or Date. */
function objectKind(value: object): string {
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  // `import * as` makes a module of the exports.
  return tag === "Object" || tag === "Module" ? "object" : tag;
}

function isOpaque(value: unknown): boolean {
  const type = typeof value;
  if (type === "function" || type === "symbol" || type === "bigint") return true;
  return isUnknown(value) || pulumi.Resource.isInstance(value);
}

function printable(value: unknown): unknown {
  if (isOpaque(value)) return "…";
  if (Array.isArray(value)) return value.map(printable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, printable(member)]));
}
