import assert from "node:assert/strict";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * EventBridge compares numbers in this range; others are to it no numbers.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching
 */
const LARGEST_NUMBER = 5e9;

/**
 * Whether an event of EventBridge fits a pattern: every field has to, and a field does when one of its matchers does. Throws
 * for what it doesn't know, so that nothing untested slips in.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function fits(pattern: unknown, event: unknown): boolean {
  return Object.entries(pattern as Record<string, unknown>).every(([key, wanted]) => {
    if (key === "$or") {
      assert.ok(Array.isArray(wanted) && wanted.length >= 2, "$or takes two patterns or more");
      return wanted.some((alternative) => fits(alternative, event));
    }
    const value = (event as Record<string, Json> | undefined)?.[key];
    if (!Array.isArray(wanted)) return typeof value === "object" && value !== null && fits(wanted, value);
    assert.ok(wanted.length > 0, `${key} has no matcher`);
    // One matching member of a list in the event is enough.
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((matcher) => values.some((one) => one !== undefined && matches(matcher, one)));
  });
}

function matches(matcher: unknown, value: Json): boolean {
  if (typeof matcher !== "object" || matcher === null) return matcher === value;
  const entries = Object.entries(matcher);
  assert.equal(entries.length, 1, "a matcher has one operator");
  const [operator, operand] = entries[0] as [string, unknown];
  if (operator === "numeric") return typeof value === "number" && isInRange(operand as [string, number], value);
  if (operator === "anything-but") return typeof value === "string" && !matches(operand, value);
  assert.ok(typeof operand === "string" && operand !== "", `${operator} takes a text that is not empty`);
  if (typeof value !== "string") return false;
  if (operator === "prefix") return value.startsWith(operand);
  if (operator === "suffix") return value.endsWith(operand);
  if (operator === "wildcard") return expressionOf(operand).test(value);
  throw new Error(`This matcher is not known here: ${operator}`);
}

function isInRange([comparison, bound]: [string, number], value: number): boolean {
  assert.equal(comparison, ">=");
  assert.ok(Math.abs(bound) <= LARGEST_NUMBER, `${bound} is out of EventBridge's range`);
  return Math.abs(value) <= LARGEST_NUMBER && value >= bound;
}

/** `*` is any text, unless a backslash stands before it; nothing else may be escaped. */
function expressionOf(wildcard: string): RegExp {
  assert.ok(!/\*\*/.test(wildcard.replace(/\\[\\*]/g, "")), "wildcards may not follow each other");
  const pieces = [...wildcard.matchAll(/\\[\\*]|[^\\]/gsu)].map(([piece]) => piece);
  assert.equal(pieces.join(""), wildcard, "a backslash escapes only * and itself");
  const source = pieces.map((piece) =>
    piece === "*" ? ".*" : escaped(piece.startsWith("\\") ? piece.slice(1) : piece),
  );
  return new RegExp(`^${source.join("")}$`, "su");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
