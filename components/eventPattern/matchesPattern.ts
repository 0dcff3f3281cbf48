import { OPERATORS } from "./operators";
import { ANYTHING, isText, mayEqual } from "./values";

/**
 * Whether EventBridge would match an event by a pattern that it accepts: every field has to match, and a field does when one of its
 * values does. Of events with `SomeText` or `ANYTHING`, whether some may match.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (event === ANYTHING) return true;
  return Object.entries(pattern as object).every(([name, wanted]: [string, unknown]) => {
    if (name === "$or") return (wanted as unknown[]).some((alternative) => matchesPattern(alternative, event));
    const value = memberOf(event, name);
    return Array.isArray(wanted) ? matchesOne(wanted, value) : matchesMember(wanted, value);
  });
}

function memberOf(event: unknown, name: string): unknown {
  const isObject = typeof event === "object" && event !== null && Object.hasOwn(event, name);
  return isObject ? (event as Record<string, unknown>)[name] : undefined;
}

/** One object of a list is enough. Where there is no object, its members are all missing. */
function matchesMember(pattern: unknown, value: unknown): boolean {
  return Array.isArray(value) ? value.some((entry) => matchesPattern(pattern, entry)) : matchesPattern(pattern, value);
}

/** One value of a list is enough. Only values without members count, and an empty list has none. */
function matchesOne(wanted: unknown[], value: unknown): boolean {
  if (value === ANYTHING) return true;
  const values = (Array.isArray(value) ? (value as unknown[]).flat(Infinity) : [value]).filter(isLeaf);
  return wanted.some((matcher) =>
    values.length === 0 ? isAbsence(matcher) : values.some((one) => one === ANYTHING || matches(matcher, one)),
  );
}

function isLeaf(value: unknown): boolean {
  return value !== undefined && (value === null || typeof value !== "object" || isText(value));
}

function isAbsence(matcher: unknown): boolean {
  return memberOf(matcher, "exists") === false;
}

function matches(matcher: unknown, value: unknown): boolean {
  if (typeof matcher === "string") return isText(value) && mayEqual(value, matcher);
  if (typeof matcher !== "object" || matcher === null) return matcher === value;
  return Object.entries(matcher).every(([name, operand]: [string, unknown]) =>
    name === "exists" ? operand === true : (OPERATORS[name]?.matches(value, operand as never) ?? false),
  );
}
