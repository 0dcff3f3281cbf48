/** What can be wrong with the structure of arguments, in words. */
import { type Problem, problem } from "../rules/problem";
import { kindOf } from "../rules/received";
import type { Members, Position } from "./schema";

/** A position, and the members of the object that belongs there, if their names are fixed. */
export interface Expected {
  position: Position;
  members?: Members;
}

const NAMES: Record<string, string> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

export function wrongType(path: string, value: unknown, { position, members }: Expected): Problem[] {
  const type = typeAt(position);
  if (isOfType(value, type)) return [];
  return [
    problem({
      path,
      rule: `must be ${NAMES[type]}`,
      received: value,
      hidden: typeof value === "object" || position.additionalProperties !== undefined,
      remedy: kindOf(value) === "a resource" ? resourceRemedy(position) : remedyFor(value, type, members),
    }),
  ];
}

export function mustBeKnown(path: string, value: unknown): Problem[] {
  return [
    problem({
      path,
      rule: "must be known before deployment, because it decides which resources exist",
      received: value,
      remedy: "Give a plain value, neither a secret nor another resource's output.",
    }),
  ];
}

/** The value is not printed: the name that was meant may be that of a secret. */
export function unknownName(
  path: string,
  value: unknown,
  { meant, known }: { meant?: string; known: string[] },
): Problem[] {
  return [
    problem({
      path,
      rule: "must not be given: there is no argument of this name",
      received: value,
      hidden: true,
      remedy: meant === undefined ? `There are ${enumerate(known)}.` : `Did you mean ${meant}?`,
    }),
  ];
}

/** @param description Its first sentence says what is missing. */
export function missingMember(path: string, value: unknown, description = ""): Problem[] {
  const [sentence = ""] = description.replace(/\s+/g, " ").split(/(?<=\.) (?=[A-Z0-9`])/);
  return [problem({ path, rule: "must be given", received: value, remedy: sentence })];
}

export function missingEntry(path: string, value: unknown, position: Position): Problem[] {
  const rule = `must be ${NAMES[typeAt(position)]}`;
  return [problem({ path, rule, received: value, remedy: "A list can't have gaps: remove the entry." })];
}

function typeAt({ type, $ref }: Position): string {
  return $ref === undefined ? (type ?? "") : "object";
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return kindOf(value) === "an object";
    case "number":
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function resourceRemedy(position: Position): string {
  if (position.plain) return "Give a plain value: outputs aren't known before deployment.";
  return typeAt(position) === "string" ? "Use its `.id`, `.arn` or `.bucket`." : "Use one of its outputs.";
}

function remedyFor(value: unknown, type: string, members?: Members): string {
  switch (type) {
    case "string":
      return typeof value === "number" || typeof value === "boolean" ? "Put it in quotes." : "Write a single value.";
    case "number":
      if (typeof value === "number") return "Correct the calculation of the value.";
      return typeof value === "string" ? "Write it without quotes." : "Write a single value.";
    case "boolean":
      return "Write true or false, without quotes.";
    case "array":
      return "Put the entries in square brackets, even a single one.";
    default:
      return members ? describeMembers(members) : "Put names and their values in braces.";
  }
}

function describeMembers({ known, required }: Members): string {
  const defaults = required.length === 0 ? ", and {} uses the default of each" : "";
  return `Its members are ${enumerate(Object.keys(known))}${defaults}.`;
}

function enumerate(names: string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
