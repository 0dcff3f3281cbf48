import { type Problem, problem, when } from "./problem";

/** A range of numbers, and what a person is told about it. */
export interface Range {
  from: number;
  to: number;
  /** Whole numbers only. */
  whole: boolean;
  remedy: string;
}

export function whole(from: number, to: number, remedy: string): Range {
  return { from, to, whole: true, remedy };
}

export function between(from: number, to: number, remedy: string): Range {
  return { from, to, whole: false, remedy };
}

/** Nothing is wrong with a value that is not given: its default is in range. */
export function outOfRange(path: string, value: unknown, range: Range): Problem[] {
  if (value === undefined) return [];
  const { from, to, remedy } = range;
  const inRange =
    typeof value === "number" && value >= from && value <= to && (!range.whole || Number.isInteger(value));
  const kind = range.whole ? "a whole number" : "a number";
  const rule = `must be ${kind} from ${shown(from)} to ${shown(to)}`;
  return when(!inRange, () => problem(path, rule, value, remedy));
}

function shown(number: number): string {
  return number.toLocaleString("en-US", { maximumFractionDigits: 4 });
}

/** Reads "settings of one object, each with its range" as a table. */
export function outOfRanges<T extends object>(
  path: string,
  values: T | undefined,
  ranges: Partial<Record<keyof T & string, Range>>,
): Problem[] {
  return Object.entries<Range | undefined>(ranges).flatMap(([key, range]) =>
    range ? outOfRange(path === "" ? key : `${path}.${key}`, values?.[key as keyof T], range) : [],
  );
}

/** vCPUs of a job. Which of them its queue takes, `checkPlacement.ts` knows. */
export function outOfVcpus(path: string, value: unknown): Problem[] {
  const good =
    value === undefined || value === 0.25 || value === 0.5 || outOfRange(path, value, whole(1, 256, "")).length === 0;
  return when(!good, () =>
    problem(
      path,
      "must be a whole number from 1 to 256, or on Fargate and EKS 0.25 or 0.5",
      value,
      "2 is the default.",
    ),
  );
}
