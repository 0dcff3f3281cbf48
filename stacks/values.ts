import type { PackageSchema, Position } from "../components/structure/schema";
import { mapLeaves } from "./mapLeaves";

/** A configured value, which Pulumi passes as text: JSON if it is nested. */
export function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * A value whose texts have become the numbers and booleans that belong there, because `pulumi config set` stores texts. Only texts that
 * stand for exactly one value are converted. The component refuses the others.
 */
export function typed(schema: PackageSchema, position: Position, value: unknown): unknown {
  return mapLeaves(schema, position, value, (leaf, { type }) => (typeof leaf === "string" ? scalar(type, leaf) : leaf));
}

function scalar(type: string | undefined, text: string): unknown {
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  // Texts such as 007, 1e3 or a number with too many digits are not what JSON would print for the number.
  if (type === "number" && String(Number(text)) === text && Number.isFinite(Number(text))) return Number(text);
  return text;
}
