import { membersAt, type PackageSchema, type Position, withoutChoice } from "../components/structure/schema";
import { mapLeaves } from "./mapLeaves";

/** The value of a key, with the types that belong at its position. */
export function valueOf(schema: PackageSchema, position: Position, text: string): unknown {
  const isText = withoutChoice(schema, position).type === "string";
  return typed(schema, position, isText ? text : fromText(text));
}

/** A configured value, which Pulumi passes as text: JSON if it is nested. */
export function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a list or an object belongs at the position. */
export function isNested(schema: PackageSchema, position: Position): boolean {
  return Boolean(position.items ?? position.additionalProperties ?? membersAt(schema, position));
}

/**
 * A value whose texts have become the numbers, booleans, lists and objects that belong there, because `pulumi config set` stores texts.
 * Only texts that stand for exactly one value are converted. The component refuses the others.
 */
function typed(schema: PackageSchema, position: Position, value: unknown): unknown {
  return mapLeaves(schema, position, value, (leaf, at) => {
    if (typeof leaf !== "string") return leaf;
    const nested = isNested(schema, at) ? fromText(leaf) : undefined;
    return typeof nested === "object" ? typed(schema, at, nested) : scalar(at.type, leaf);
  });
}

function scalar(type: string | undefined, text: string): unknown {
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  // Texts such as 007, 1e3 or a number with too many digits are not what JSON would print for the number.
  if (type === "number" && String(Number(text)) === text && Number.isFinite(Number(text))) return Number(text);
  return text;
}
