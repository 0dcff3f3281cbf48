import { BlockList, isIP } from "node:net";

import { alwaysStarts, isText, lowerCase, mayEnd, mayEqual, mayStart, SomeText, type Text } from "./values";
import { alwaysFits, isWildcard, mayFit } from "./wildcard";

/** One of EventBridge's comparisons. */
export interface Operator {
  /** What its operand must be, and an example. */
  rule: string;
  example: string;
  accepts: (operand: unknown) => boolean;
  /** Whether a value of an event may match, which has a value. Operands are those that are accepted. */
  matches: (value: unknown, operand: never) => boolean;
}

/** EventBridge compares numbers in this range only. */
const LARGEST_NUMBER = 5e9;

/**
 * All that EventBridge documents. `exists` isn't among them, since it alone is about values that aren't there.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 * @see https://github.com/aws/event-ruler/blob/main/src/main/software/amazon/event/ruler/JsonRuleCompiler.java
 */
export const OPERATORS: Record<string, Operator> = {
  "prefix": {
    rule: 'must be text, or {"equals-ignore-case": text}',
    example: '{"prefix": "uploads/"}',
    accepts: (operand) => typeof operand === "string" || isIgnoringCase(operand),
    matches: (value, operand: string | IgnoringCase) => isText(value) && compare(value, operand, mayStart),
  },
  "suffix": {
    rule: 'must be text, or {"equals-ignore-case": text}',
    example: '{"suffix": ".mp4"}',
    accepts: (operand) => typeof operand === "string" || isIgnoringCase(operand),
    matches: (value, operand: string | IgnoringCase) => isText(value) && compare(value, operand, mayEnd),
  },
  "equals-ignore-case": {
    rule: "must be text",
    example: '{"equals-ignore-case": "ready"}',
    accepts: (operand) => typeof operand === "string",
    matches: (value, operand: string) => isText(value) && mayEqual(lowerCase(value), operand.toLowerCase()),
  },
  "wildcard": {
    rule: "must be text in which no two * follow each other, and in which a backslash stands only before * and another backslash",
    example: '{"wildcard": "uploads/*.mp4"}',
    accepts: (operand) => typeof operand === "string" && isWildcard(operand),
    matches: (value, operand: string) => isText(value) && mayFit(value, operand),
  },
  "numeric": {
    rule: `must be one comparison by =, <, <=, > or >=, or a range from > or >= to < or <=, with numbers from -5,000,000,000 to 5,000,000,000`,
    example: '{"numeric": [">", 0, "<=", 100]}',
    accepts: isRange,
    matches: (value, operand: unknown[]) => typeof value === "number" && isInRange(value, operand),
  },
  "cidr": {
    rule: "must be a range of IP addresses",
    example: '{"cidr": "10.0.0.0/24"}',
    accepts: (operand) => typeof operand === "string" && blockOf(operand) !== undefined,
    matches: (value, operand: string) =>
      value instanceof SomeText || (typeof value === "string" && isIn(value, operand)),
  },
  "anything-but": {
    rule: "must be text, a number, a list of either, or one of prefix, suffix, equals-ignore-case and wildcard with text or a list of texts",
    example: '{"anything-but": {"prefix": "output/"}}',
    accepts: (operand) => isListOf(operand, isString) || isListOf(operand, isComparable) || isExclusion(operand),
    matches: isOutside,
  },
};

interface IgnoringCase {
  "equals-ignore-case": string;
}

function isIgnoringCase(operand: unknown): boolean {
  const [entry, ...more] = entriesOf(operand);
  return more.length === 0 && entry?.[0] === "equals-ignore-case" && isString(entry[1]);
}

function compare(value: Text, operand: string | IgnoringCase, may: (value: Text, operand: string) => boolean): boolean {
  return typeof operand === "string"
    ? may(value, operand)
    : may(lowerCase(value), operand["equals-ignore-case"].toLowerCase());
}

/** What each exclusion compares with: whether all texts that a value may be are excluded. */
const EXCLUSIONS: Record<
  string,
  { accepts: (text: string) => boolean; excludes: (value: Text, text: string) => boolean }
> = {
  "prefix": { accepts: (text) => text !== "", excludes: alwaysStarts },
  "suffix": { accepts: (text) => text !== "", excludes: (value, text) => isString(value) && value.endsWith(text) },
  "equals-ignore-case": {
    accepts: () => true,
    excludes: (value, text) => isString(value) && value.toLowerCase() === text.toLowerCase(),
  },
  "wildcard": { accepts: isWildcard, excludes: alwaysFits },
};

function isExclusion(operand: unknown): boolean {
  const [entry, ...more] = entriesOf(operand);
  if (entry === undefined || more.length > 0 || !Object.hasOwn(EXCLUSIONS, entry[0])) return false;
  return isListOf(entry[1], (text) => isString(text) && EXCLUSIONS[entry[0]]!.accepts(text));
}

function isOutside(value: unknown, operand: unknown): boolean {
  const [entry] = entriesOf(operand);
  if (entry === undefined) return (isText(value) || typeof value === "number") && !asList(operand).includes(value);
  const [name, texts] = entry;
  return isText(value) && !asList(texts).some((text) => EXCLUSIONS[name]!.excludes(value, text as string));
}

function isRange(operand: unknown): boolean {
  if (!Array.isArray(operand)) return false;
  const [comparison, bound, second, end, ...more] = operand as unknown[];
  if (!isComparable(bound) || more.length > 0) return false;
  if (operand.length === 2) return ["=", "<", "<=", ">", ">="].includes(comparison as string);
  const isOrdered = isComparable(end) && bound < end;
  return isOrdered && [">", ">="].includes(comparison as string) && ["<", "<="].includes(second as string);
}

function isInRange(value: number, [comparison, bound, ...more]: unknown[]): boolean {
  if (!isComparable(value)) return false;
  const limit = bound as number;
  const holds =
    comparison === "="
      ? value === limit
      : comparison === "<"
        ? value < limit
        : comparison === "<="
          ? value <= limit
          : comparison === ">"
            ? value > limit
            : value >= limit;
  return holds && (more.length === 0 || isInRange(value, more));
}

function blockOf(range: string): BlockList | undefined {
  const [address = "", bits = "", ...more] = range.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128))
    return undefined;
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family === 4 ? "ipv4" : "ipv6");
  return block;
}

function isIn(address: string, range: string): boolean {
  const family = isIP(address);
  return family !== 0 && blockOf(range)?.check(address, family === 4 ? "ipv4" : "ipv6") === true;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isComparable(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= LARGEST_NUMBER;
}

/** A value, or a list that isn't empty. */
function isListOf(operand: unknown, accepts: (value: unknown) => boolean): boolean {
  const values = asList(operand);
  return values.length > 0 && values.every(accepts);
}

function asList(operand: unknown): unknown[] {
  return Array.isArray(operand) ? (operand as unknown[]) : [operand];
}

function entriesOf(operand: unknown): [string, unknown][] {
  return typeof operand === "object" && operand !== null && !Array.isArray(operand) ? Object.entries(operand) : [];
}
