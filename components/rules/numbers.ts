import { type Problem, when } from "./problem";

/** A range of numbers, and the advice for values outside of it. */
export interface Range {
  from: number;
  to: number;
  integer: boolean;
  remedy: string;
}

export function whole(from: number, to: number, remedy: string): Range {
  return { from, to, integer: true, remedy };
}

export function between(from: number, to: number, remedy: string): Range {
  return { from, to, integer: false, remedy };
}

export function isInRange(value: unknown, { from, to, integer }: Omit<Range, "remedy">): boolean {
  return typeof value === "number" && value >= from && value <= to && (!integer || Number.isInteger(value));
}

/** An absent value is fine: its default is in range. */
export function outOfRange(path: string, value: unknown, range: Range): Problem[] {
  const kind = range.integer ? "a whole number" : "a number";
  const rule = `must be ${kind} from ${format(range.from)} to ${format(range.to)}`;
  return when(value !== undefined && !isInRange(value, range), { path, rule, received: value, remedy: range.remedy });
}

function format(number: number): string {
  return number.toLocaleString("en-US", { maximumFractionDigits: 4 });
}

/** The same for several settings of one object, as a table of their ranges. */
export function outOfRanges<T extends object>(
  path: string,
  values: T | undefined,
  ranges: Partial<Record<keyof T & string, Range>>,
): Problem[] {
  return Object.entries<Range | undefined>(ranges).flatMap(([key, range]) =>
    range ? outOfRange(`${path}.${key}`, values?.[key as keyof T], range) : [],
  );
}
