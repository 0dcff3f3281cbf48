import { membersAt, type PackageSchema, type Position } from "../components/structure/schema";

/** Copies a value and replaces its leaves: values with a position in the schema that are neither lists nor objects. */
export function mapLeaves(
  schema: PackageSchema,
  position: Position,
  value: unknown,
  change: (leaf: unknown, position: Position) => unknown,
): unknown {
  const inner = (at: Position | undefined, member: unknown): unknown =>
    at ? mapLeaves(schema, at, member, change) : member;
  if (Array.isArray(value)) return value.map((entry) => inner(position.items, entry));
  // Null counts as absent.
  if (value === null) return value;
  if (typeof value !== "object") return change(value, position);
  const known = membersAt(schema, position)?.known ?? {};
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      return [name, inner(Object.hasOwn(known, name) ? known[name] : position.additionalProperties, member)];
    }),
  );
}
