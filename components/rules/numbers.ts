import { type Problem, when } from "./problem";

/** What a number may be. Checks, defaults and the tests of docstrings share it. */
export interface Limit {
  /** The smallest and the largest value. */
  min: number;
  max: number;
  /** What the number counts. Empty if it counts nothing. */
  unit: string;
  /** Absent if it depends on other arguments, or if there is none. */
  default?: number;
  /** Whether there may be fractions. Absent for whole numbers. */
  fractions?: true;
  /** The advice for other values. */
  remedy: string;
}

/** Made once: `toLocaleString` with options takes 40 µs, and every check formats its range. */
const FORMAT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });

export function isInRange(value: unknown, { min, max, fractions }: Pick<Limit, "min" | "max" | "fractions">): boolean {
  return typeof value === "number" && value >= min && value <= max && (fractions === true || Number.isInteger(value));
}

/** An absent value is fine: its default is in range. */
export function outOfRange(path: string, value: unknown, limit: Limit): Problem[] {
  const kind = limit.fractions ? "a number" : "a whole number";
  const rule = `must be ${kind} from ${FORMAT.format(limit.min)} to ${FORMAT.format(limit.max)}`;
  return when(value !== undefined && !isInRange(value, limit), { path, rule, received: value, remedy: limit.remedy });
}

/** The same for several settings of one object, as a table of their limits. */
export function outOfRanges<T extends object>(
  path: string,
  values: T | undefined,
  limits: Partial<Record<keyof T & string, Limit>>,
): Problem[] {
  return Object.entries<Limit | undefined>(limits).flatMap(([key, limit]) =>
    limit ? outOfRange(`${path}.${key}`, values?.[key as keyof T], limit) : [],
  );
}
