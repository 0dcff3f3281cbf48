import type { Json, JsonObject } from "../../contract/asl";
import type { Shape } from "../serviceModels/shape";

/** Longer lists are only counted. */
const LISTED = 12;

/**
 * What a value has that its shape does not allow, besides types: those Step Functions has checked. The paths are those of the service's
 * own messages, as are the first words of a sentence: `/outputGroups/0/outputs: Should have at least 1 items`.
 */
export function findViolations(value: Json, shape: Shape, path = ""): string[] {
  if (typeof value === "string") return violationsOfText(value, shape).map((problem) => `${path}: ${problem}`);
  if (typeof value === "number") return outside(value, shape, "be").map((problem) => `${path}: ${problem}`);
  if (Array.isArray(value)) {
    return [
      ...outside(value.length, shape, "have", " items").map((problem) => `${path}: ${problem}`),
      ...value.flatMap((entry, index) => findViolations(entry, shape.member as Shape, `${path}/${index}`)),
    ];
  }
  return Object.entries((value ?? {}) as JsonObject).flatMap(([name, entry]) =>
    shape.type === "map"
      ? findViolations(entry, shape.value as Shape, `${path}/${name}`)
      : findViolations(entry, (shape.members as Record<string, Shape>)[name] as Shape, `${path}/${fieldName(name)}`),
  );
}

/** Step Functions writes the first letter of a field's name large, the service small. */
export function fieldName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function violationsOfText(text: string, { enum: values, pattern, ...range }: Shape): string[] {
  return [
    ...(values && !values.includes(text) ? [`Should be one of ${listed(values)}`] : []),
    ...outside([...text].length, range, "have", " characters"),
    ...(pattern !== undefined && !new RegExp(pattern).test(text) ? [`Should match ${pattern}`] : []),
  ];
}

function listed(values: readonly string[]): string {
  return values.length <= LISTED ? values.join(", ") : `the ${values.length} values of the API's reference`;
}

function outside(amount: number, { min, max }: Pick<Shape, "min" | "max">, verb: string, unit = ""): string[] {
  if (min !== undefined && amount < min) return [`Should ${verb} at least ${min}${unit}`];
  if (max !== undefined && amount > max) return [`Should ${verb} at most ${max}${unit}`];
  return [];
}
